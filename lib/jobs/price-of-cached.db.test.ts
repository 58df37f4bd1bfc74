import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { sql } from '@/db/client';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { addUser } from '@/db/testing/factories';
import { makeNovel } from '@/e2e/support/novel-maker';
import { getCredits } from '@/lib/credits/queries';
import { cancelJob } from './cancel-job';
import { deleteJob } from './delete-job';
import { editSentence } from './edit-sentence';
import { processChunk } from './process-chunk';
import { getJob } from './queries';
import { retryJob } from './retry-job';
import { runJobHere } from './run-job-here';
import { splitJob } from './split-job';
import { startJob } from './start-job';
import { storedAhead } from './store-sentences';
import { askedBy, confirm, createFrom, firstRewritten, quote, runNovel, stopAfterChunk } from './testing/run-novels';

const { environment, fake } = await vi.hoisted(async () => {
  const { startFakeGemini } = await import('@/e2e/support/fake-gemini');
  const { prepareEnvironment } = await import('@/db/testing/prepare-environment');
  const fake = await startFakeGemini();
  return { fake, environment: prepareEnvironment({ GEMINI_API_KEY: 'key', GEMINI_BASE_URL: fake.url }) };
});

// The first use of reader and lexicons starts their processes, on a busy machine for many seconds.
vi.setConfig({ testTimeout: 90_000 });

connectTestDatabase();
let small: Uint8Array;
/** Of three chunks. */
let large: Uint8Array;
let userId = '';

beforeAll(async () => {
  small = (await makeNovel({ seed: 7, pages: 2 })).pdf;
  large = (await makeNovel({ seed: 8, pages: 45 })).pdf;
});
beforeEach(async () => {
  userId = await addUser();
  fake.reset();
  await sql()`delete from model_pace`;
});
afterAll(async () => {
  await fake.close();
  environment.remove();
});

const asked = (work: () => Promise<unknown>) => askedBy(fake, work);
const runs = (pdf = small, settings: Record<string, string> = {}, as = userId) => runNovel(as, pdf, settings);
const quoted = (pdf = small, settings: Record<string, string> = {}) => quote(userId, pdf, settings);
const confirmed = (quoteId: string) => confirm(userId, quoteId);
const find = async (jobId: string) => (await getJob(userId, jobId)).job;

describe('a price that counted on an earlier job', () => {
  const gone = { status: 'failed', error: { code: 'EARLIER_JOB_GONE' }, gemini_api_calls: 0, actual_credits: 0 };

  it('is not confirmed once that is deleted or changed; a new quote is priced anew', async () => {
    const first = await runs();
    const [one, other] = [await quoted(), await quoted()];
    const before = await getCredits(userId);
    const refused = { code: 'EARLIER_JOB_GONE' };
    await editSentence(userId, first, await firstRewritten(first), { rewrites: ['Mes mots.'] });
    await expect(confirmed(one.quote_id)).rejects.toMatchObject(refused);
    const { quote_id, cached_sentences } = await quoted();
    expect(cached_sentences).toBe(one.cached_sentences - 1);
    expect(await find((await confirmed(quote_id)).jobId)).toMatchObject({ status: 'pending' });
    await sql()`delete from jobs where id <> ${first} and user_id = ${userId}`;
    await deleteJob(userId, first);
    // Nobody else has taken it meanwhile.
    for (const quote of [one, other]) await expect(confirmed(quote.quote_id)).rejects.toMatchObject(refused);
    expect(await getCredits(userId)).toMatchObject({ used: before.used });
    expect((await quoted()).estimated_credits).toBeGreaterThan(0);
  });

  it('does not hold once that is deleted: nothing is asked, nothing is charged, and a retry is priced anew', async () => {
    const first = await runs();
    const { used } = await getCredits(userId);
    const quote = await quoted();
    expect(quote.estimated_credits).toBe(0);
    const start = await confirmed(quote.quote_id);
    await deleteJob(userId, first);
    expect(await asked(() => runJobHere(start))).toEqual([]);
    expect(await find(start.jobId)).toMatchObject(gone);
    expect(await getCredits(userId)).toMatchObject({ used, reserved: 0 });

    const retried = await retryJob(userId, start.jobId, {});
    const { reserved_credits } = await find(start.jobId);
    expect(reserved_credits).toBeGreaterThan(0);
    expect(await asked(() => runJobHere(retried))).not.toEqual([]);
    const job = await find(start.jobId);
    expect(job).toMatchObject({ status: 'completed', sentences: { cached: 0 } });
    expect(job.actual_credits).toBeGreaterThan(0);
  });

  it('gives all back that was reserved for the rest', async () => {
    const stopped = await stopAfterChunk(userId, large);
    const { balance } = await getCredits(userId);
    const quote = await quoted(large);
    const start = await confirmed(quote.quote_id);
    expect(await getCredits(userId)).toMatchObject({ reserved: quote.estimated_credits });
    await deleteJob(userId, stopped);
    expect(await asked(() => runJobHere(start))).toEqual([]);
    expect(await find(start.jobId)).toMatchObject(gone);
    expect(await getCredits(userId)).toMatchObject({ balance, reserved: 0 });
  });

  it('does not hold for as many other sentences', async () => {
    const whole = await runs(large);
    await sql()`update sentences set status = 'kept', method = 'kept', rewrites = '{}' where job_id = ${whole}
      and status = 'rewritten' and length(original) < 110`;
    const quote = await quoted(large);
    expect(quote.cached_sentences).toBeGreaterThan(0);
    const start = await confirmed(quote.quote_id);
    await deleteJob(userId, whole);
    const cheap = await runs(large);
    await sql()`update sentences set status = 'kept', method = 'kept', rewrites = '{}' where job_id = ${cheap}
      and status = 'rewritten' and position not in (
        select position from sentences where job_id = ${cheap} and status = 'rewritten'
        order by length(original) limit ${quote.cached_sentences})`;
    expect(await asked(() => runJobHere(start))).toEqual([]);
    expect(await find(start.jobId)).toMatchObject(gone);
  });

  it('does not hold once its sentences are the reader’s own', async () => {
    const first = await runs();
    const quote = await quoted();
    const start = await confirmed(quote.quote_id);
    await editSentence(userId, first, await firstRewritten(first), { rewrites: ['Mes mots.'] });
    expect(await asked(() => runJobHere(start))).toEqual([]);
    expect(await find(start.jobId)).toMatchObject(gone);
  });

  it('never lets a run without a reservation reach the model', async () => {
    await runs();
    const { jobId } = await createFrom(userId, small);
    await startJob(jobId);
    await splitJob(jobId);
    await storedAhead(jobId);
    await sql()`update sentences set status = 'pending', method = null, rewrites = '{}' where job_id = ${jobId}
      and status = 'rewritten'`;
    await sql()`update jobs set sentences_rewritten = 0 where id = ${jobId}`;
    expect(await asked(() => processChunk(jobId, 0, { isLastAttempt: true }))).toEqual([]);
    const methods = await sql()`select distinct method from sentences where job_id = ${jobId} and status = 'rewritten'`;
    expect(methods).toEqual([{ method: 'offline' }]);
  });

  it('holds, or nothing is asked, while the earlier job is edited, tried again and deleted beside it', async () => {
    for (let round = 0; round < 6; round += 1) {
      const stopped = await stopAfterChunk(userId, large);
      const { used } = await getCredits(userId);
      const quote = await quoted(large);
      const position = await firstRewritten(stopped);
      fake.reset();
      const start = await confirmed(quote.quote_id);
      await Promise.allSettled([
        runJobHere(start),
        editSentence(userId, stopped, position, { rewrites: ['Mes mots.'] }),
        retryJob(userId, stopped, {}),
        round % 2 === 0 ? deleteJob(userId, stopped) : cancelJob(userId, stopped, 'reader'),
      ]);
      const job = await find(start.jobId);
      if (job.status === 'failed') expect(job).toMatchObject(gone);
      else expect(job).toMatchObject({ status: 'completed', partial: false });
      if (job.status === 'failed') expect(fake.calls).toEqual([]);
      const now = await getCredits(userId);
      expect(now.used - used).toBeLessThanOrEqual(quote.estimated_credits);
      await sql()`delete from jobs where user_id = ${userId}`;
    }
  });
});
