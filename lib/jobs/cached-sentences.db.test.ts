import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { sql } from '@/db/client';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { addUser } from '@/db/testing/factories';
import { makeNovel } from '@/e2e/support/novel-maker';
import { getCredits, listLedger } from '@/lib/credits/queries';
import { exportCsv } from '@/lib/exports/csv';
import { deleteJob } from './delete-job';
import { editSentence } from './edit-sentence';
import { getReport } from './get-report';
import { processChunk } from './process-chunk';
import { getJob, listSentences } from './queries';
import { requoteNovel } from './requote-novel';
import { retryJob } from './retry-job';
import { runJobHere } from './run-job-here';
import { askedBy, confirm, firstRewritten, quote, runChunk, runNovel, stopAfterChunk } from './testing/run-novels';

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
const pairs = async (jobId: string) =>
  (await listSentences(userId, jobId, { after: -1, limit: 5000 })).items.map(
    ({ position, original, rewrites, method }) => ({ position, original, rewrites, method }),
  );

describe('the same novel once more', () => {
  it('is taken over whole: no call, no credits, the same sentences', async () => {
    const first = await runs();
    const before = await getCredits(userId);
    let second = '';
    expect(await asked(async () => (second = await runs()))).toEqual([]);
    const job = await find(second);
    expect(job).toMatchObject({
      status: 'completed',
      partial: false,
      gemini_api_calls: 0,
      estimated_credits: 0,
      reserved_credits: 0,
      actual_credits: 0,
    });
    expect(job.sentences.cached).toBe(job.sentences.rewritten);
    expect(job.sentences.cached).toBeGreaterThan(10);
    expect(await pairs(second)).toEqual(await pairs(first));
    expect(await getCredits(userId)).toEqual(before);
    expect((await listLedger(userId, { limit: 100 })).items.filter(({ job_id }) => job_id === second)).toEqual([]);
    const report = await getReport(userId, second);
    expect(report).toMatchObject({
      cached_sentences: job.sentences.cached,
      credits: { reserved: 0, settled: 0, refunded: 0 },
    });
    const items = (await listSentences(userId, second, { after: -1, limit: 5000 })).items;
    expect(items.every(({ status, flags }) => (status === 'rewritten') === flags.includes('cached'))).toBe(true);
    const lines: string[] = [];
    for await (const line of exportCsv(items)) lines.push(line);
    expect(lines.filter((line) => /,rewritten,(.* )?cached\r\n$/.test(line))).toHaveLength(job.sentences.cached);
  });

  it('is said by the quote, in sentences, credits and seconds', async () => {
    const fresh = await quoted();
    expect(fresh).toMatchObject({ cached_sentences: 0 });
    await runs();
    const again = await quoted();
    expect(again).toMatchObject({
      long_sentences: fresh.long_sentences,
      cached_sentences: fresh.long_sentences,
      estimated_tokens: 0,
      estimated_credits: 0,
      estimated_seconds: 0,
      warnings: [],
    });
    expect(await requoteNovel(userId, again.quote_id, { gemini_model: 'quality' })).toMatchObject({
      cached_sentences: 0,
      long_sentences: fresh.long_sentences,
    });
    expect(await requoteNovel(userId, fresh.quote_id, {})).toMatchObject({ cached_sentences: fresh.long_sentences });
    expect(await asked(async () => runJobHere(await confirmed(again.quote_id)))).toEqual([]);
  });

  it('is left when only what is skipped or joined differs', async () => {
    await runs();
    expect(await asked(() => runs(small, { ignore_dialogue: 'true', preserve_formatting: 'false' }))).toEqual([]);
  });

  it.each([[{ sentence_length_limit: '10' }], [{ min_sentence_length: '3' }], [{ gemini_model: 'quality' }]])(
    'is asked anew for %j',
    async (settings) => {
      await runs();
      expect(await asked(() => runs(small, settings))).not.toEqual([]);
    },
  );

  it('is asked anew for another reader', async () => {
    const first = await asked(() => runs());
    const stranger = await addUser();
    expect(await asked(() => runs(small, {}, stranger))).toEqual(first);
  });

  it('is asked anew for another file', async () => {
    await runs();
    const other = new Uint8Array([...small, ...new TextEncoder().encode('\n')]);
    expect(await asked(() => runs(other))).not.toEqual([]);
  });

  it('is not asked of the model by the offline engine, nor taken from it', async () => {
    await runs();
    for (let round = 0; round < 5; round += 1) {
      const offline = await find(await runs(small, { engine: 'offline' }));
      expect(offline.sentences).toMatchObject({ cached: 0 });
    }
    expect(await asked(() => runs())).toEqual([]);
    await sql()`update sentences set method = 'offline', flags = '{fell_back_to_offline}' where method = 'gemini'`;
    expect(await asked(() => runs())).not.toEqual([]);
  });
});

describe('what it is taken from', () => {
  it('has no words of the reader: only that sentence is asked, and paid', async () => {
    const first = await runs();
    const position = await firstRewritten(first);
    await editSentence(userId, first, position, { rewrites: ['Mes mots.'] });
    let second = '';
    expect(await asked(async () => (second = await runs()))).toEqual([position]);
    const job = await find(second);
    expect(job.sentences.cached).toBe(job.sentences.rewritten - 1);
    expect(job.actual_credits).toBeGreaterThan(0);
    expect(job.actual_credits).toBeLessThan((await find(first)).actual_credits);
  });

  it('may be locked: the lock is not taken along', async () => {
    const first = await runs();
    await editSentence(userId, first, await firstRewritten(first), { locked: true });
    let second = '';
    expect(await asked(async () => (second = await runs()))).toEqual([]);
    expect(await sql()`select 1 from sentences where job_id = ${second} and locked`).toEqual([]);
  });

  it('may have been stopped midway: only the rest is asked', async () => {
    let stopped = '';
    const before = await asked(async () => (stopped = await stopAfterChunk(userId, large)));
    let second = '';
    const after = await asked(async () => (second = await runs(large)));
    expect(before.length).toBeGreaterThan(0);
    expect(after.length).toBeGreaterThan(0);
    expect(before.filter((position) => after.includes(position))).toEqual([]);
    const [one, two] = [await find(stopped), await find(second)];
    expect(two.sentences).toMatchObject({ cached: before.length, rewritten: before.length + after.length });
    expect(two.estimated_credits).toBeLessThan(one.estimated_credits);
    // A third has it from the second, should the first be gone.
    await deleteJob(userId, stopped);
    expect(await asked(() => runs(large))).toEqual([]);
  });

  it('may be at work: what it has by then is taken', async () => {
    let jobId = '';
    const first = await asked(async () => (jobId = await runChunk(userId, large)));
    const quote = await quoted(large);
    expect(quote.cached_sentences).toBe(first.length);
    await processChunk(jobId, 2, { isLastAttempt: true });
    const start = await confirmed(quote.quote_id);
    await runJobHere(start);
    const { status, sentences, actual_credits, reserved_credits } = await find(start.jobId);
    expect(status).toBe('completed');
    expect(sentences.cached).toBeGreaterThan(first.length);
    expect(actual_credits).toBeLessThan(reserved_credits);
  });

  it('may have come later, where a job that was stopped goes on: only what it lacks is asked', async () => {
    const stopped = await stopAfterChunk(userId, large);
    const later = await runs(large);
    await sql()`update sentences set method = 'reader' where job_id = ${later} and position = (
      select max(position) from sentences where job_id = ${later} and method = 'gemini')`;
    const [own] = await sql()`select position from sentences where job_id = ${later} and method = 'reader'`;
    expect(await asked(async () => runJobHere(await retryJob(userId, stopped, {})))).toEqual([own?.position]);
    const { status, sentences } = await find(stopped);
    expect(status).toBe('completed');
    expect(sentences.cached).toBeGreaterThan(0);
    expect(sentences.cached).toBeLessThan(sentences.rewritten);
  });

  it('is nothing once it has been deleted', async () => {
    const first = await runs();
    await deleteJob(userId, first);
    expect(await asked(() => runs())).not.toEqual([]);
  });

  it('is not of one that went on with other settings', async () => {
    const stopped = await stopAfterChunk(userId, large, { gemini_model: 'speed' });
    await runJobHere(await retryJob(userId, stopped, { gemini_model: 'quality' }));
    expect(await quoted(large, { gemini_model: 'quality' })).toMatchObject({ cached_sentences: 0 });
    expect(await quoted(large, { gemini_model: 'speed' })).toMatchObject({ cached_sentences: 0 });
  });
});
