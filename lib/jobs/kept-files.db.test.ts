import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { POST as estimateRoute } from '@/app/api/v1/estimate/route';
import { POST as confirmRoute } from '@/app/api/v1/jobs/confirm/route';
import { sql } from '@/db/client';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { addUser } from '@/db/testing/factories';
import { askRoute, novelForm } from '@/e2e/support/ask-route';
import { makeNovel } from '@/e2e/support/novel-maker';
import { getCredits } from '@/lib/credits/queries';
import { deleteJob } from './delete-job';
import { estimateSeconds } from './estimate-seconds';
import { forgetQuote } from './forget-quote';
import { listWaitingJobs } from './list-waiting-jobs';
import { getJob } from './queries';
import { ConfirmedJob, Quote } from './quote-schema';
import { removeOrphanNovels } from './remove-orphan-novels';
import { requoteNovel } from './requote-novel';
import { sweepFiles } from './sweep-files';

const { dataDir, remove } = await vi.hoisted(async () =>
  (await import('@/db/testing/prepare-environment')).prepareEnvironment({
    GEMINI_API_KEY: 'key',
    // Nobody is there: a start is sent again by the sweep.
    INNGEST_DEV: 'http://127.0.0.1:9',
  }),
);

// The first use of reader and lexicons starts their processes, on a busy machine for many seconds.
vi.setConfig({ testTimeout: 90_000 });

connectTestDatabase();
let pdf: Uint8Array;
let userId = '';
beforeAll(async () => {
  pdf = (await makeNovel({ seed: 5, pages: 2 })).pdf;
});
beforeEach(async () => {
  userId = await addUser();
});
afterEach(async () => {
  await sql()`delete from users`;
  rmSync(join(dataDir, 'files'), { recursive: true, force: true });
});
afterAll(remove);

const stored = () => {
  const root = join(dataDir, 'files');
  return existsSync(root) ? readdirSync(root).filter((name) => name.endsWith('.pdf')) : [];
};
const estimate = async (fields: Record<string, string> = {}) =>
  Quote.parse(await (await askRoute(estimateRoute, userId, novelForm(pdf, { keep_file: 'true', ...fields }))).json());
const start = (quoteId: string, as = userId) =>
  askRoute(confirmRoute, as, JSON.stringify({ quote_id: quoteId, start: true }));
const started = async (quoteId: string) => ConfirmedJob.parse(await (await start(quoteId)).json());
const count = async (table: 'novels' | 'quotes') => (await sql()`select count(*)::int as n from ${sql()(table)}`)[0]?.n;

describe('a file kept with its quote', () => {
  it.each([
    ['one of its quotes is forgotten', async (quoteId: string) => () => forgetQuote(userId, quoteId)],
    [
      'its job is deleted',
      async (quoteId: string) => {
        const { job_id } = await started(quoteId);
        return () => deleteJob(userId, job_id);
      },
    ],
  ])('is not fought over when %s and another quote taken', async (_, prepare) => {
    const { quote_id: first } = await estimate();
    const { quote_id: second } = await requoteNovel(userId, first, {});
    const removeIt = await prepare(first);
    let removing: Promise<void> | undefined;
    await sql().begin(async (tx) => {
      await tx`select from quotes where id = ${second} for update`;
      removing = removeIt();
      await tx`select pg_sleep(0.3)`;
      await tx`select from novels for key share`;
    });
    await removing;
    expect(await count('novels')).toBe(0);
  });

  it('starts without being sent again, at the price that was said', async () => {
    const quote = await estimate();
    expect(quote).toMatchObject({ file_kept: true });
    expect(quote.sentences).toBeGreaterThanOrEqual(quote.kept_sentences + quote.long_sentences);
    const { job_id, reserved_credits } = await started(quote.quote_id);
    expect(reserved_credits).toBe(quote.estimated_credits);
    expect((await getJob(userId, job_id)).job).toMatchObject({ status: 'pending', novel: { name: 'Le Phare.pdf' } });
    expect(await listWaitingJobs(-1000)).toMatchObject([{ jobId: job_id }]);
    expect(await count('novels')).toBe(1);
    expect(stored()).toHaveLength(1);
    await deleteJob(userId, job_id);
    expect(stored()).toEqual([]);
  });

  it('is quoted again for other settings, and starts with those', async () => {
    const first = await estimate({ gemini_model: 'speed' });
    const second = await requoteNovel(userId, first.quote_id, { gemini_model: 'quality', sentence_length_limit: 12 });
    expect(second.quote_id).not.toBe(first.quote_id);
    expect(second).toMatchObject({ file: first.file, sentences: first.sentences, file_kept: true });
    expect(second.long_sentences).toBeLessThan(first.long_sentences);
    expect(stored()).toHaveLength(1);
    const { job_id } = await started(second.quote_id);
    expect((await getJob(userId, job_id)).job).toMatchObject({
      gemini_model: 'quality',
      sentence_length_limit: 12,
      reserved_credits: second.estimated_credits,
    });
    expect(await getCredits(userId)).toMatchObject({ reserved: second.estimated_credits });
  });

  it('starts once, however many ask', async () => {
    const { quote_id } = await estimate();
    const answers = await Promise.all(Array.from({ length: 10 }, () => start(quote_id)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, ...Array.from({ length: 9 }, () => 409)]);
    expect(await listWaitingJobs(-1000)).toHaveLength(1);
  });

  it('is gone when its reader leaves, with every quote about it', async () => {
    const first = await estimate();
    const second = await requoteNovel(userId, first.quote_id, { engine: 'offline' });
    await forgetQuote(userId, second.quote_id);
    expect({ files: stored(), novels: await count('novels'), quotes: await count('quotes') }).toEqual({
      files: [],
      novels: 0,
      quotes: 0,
    });
    await expect(forgetQuote(userId, first.quote_id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('stays when a job is about it', async () => {
    const first = await estimate();
    const second = await requoteNovel(userId, first.quote_id, { engine: 'offline' });
    await started(first.quote_id);
    await expect(forgetQuote(userId, first.quote_id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await forgetQuote(userId, second.quote_id);
    expect(stored()).toHaveLength(1);
  });

  it('is nobody else’s', async () => {
    const stranger = await addUser();
    const { quote_id } = await estimate();
    expect((await start(quote_id, stranger)).status).toBe(404);
    await expect(requoteNovel(stranger, quote_id, {})).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(forgetQuote(stranger, quote_id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(stored()).toHaveLength(1);
  });

  it('stays until the quote has expired, and is swept then', async () => {
    const { quote_id } = await estimate();
    await sql()`update novels set created_at = now() - interval '2 hours'`;
    expect(await removeOrphanNovels()).toBe(0);
    await sql()`update quotes set expires_at = now() - interval '1 second'`;
    await expect(requoteNovel(userId, quote_id, {})).rejects.toMatchObject({ code: 'QUOTE_EXPIRED' });
    expect(await (await start(quote_id)).json()).toMatchObject({ code: 'QUOTE_EXPIRED' });
    expect(await removeOrphanNovels()).toBe(1);
    expect(await sweepFiles()).toBe(0);
    expect(await getCredits(userId)).toMatchObject({ reserved: 0, used: 0 });
  });

  it('cannot be started or quoted again once it has gone', async () => {
    const quote = await estimate();
    await sql()`update novels set storage_key = null`;
    await expect(requoteNovel(userId, quote.quote_id, {})).rejects.toMatchObject({ code: 'FILE_EXPIRED' });
    expect(await (await start(quote.quote_id)).json()).toMatchObject({ status: 409, code: 'FILE_EXPIRED' });
    const sent = Quote.parse(await (await askRoute(estimateRoute, userId, novelForm(pdf))).json());
    expect(sent.file_kept).toBe(false);
    expect(await (await start(sent.quote_id)).json()).toMatchObject({ status: 409, code: 'FILE_EXPIRED' });
    await expect(requoteNovel(userId, sent.quote_id, {})).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

it('judges how long a run will work by the last of its engine', async () => {
  const guess = await estimateSeconds('gemini', 1000, 5);
  expect(await estimateSeconds('gemini', 1000, 1)).toBe(guess * 5);
  const { job_id } = await started((await estimate()).quote_id);
  await sql()`update jobs set status = 'completed', step = 'completed', workers = 2, sentences_total = 100,
    sentences_rewritten = 100, processed_chunks = total_chunks,
    started_at = now() - interval '150 seconds', completed_at = now() where id = ${job_id}`;
  // 150 s × 2 workers for 100 sentences: 3 s each.
  expect(await estimateSeconds('gemini', 1000, 5)).toBe(600);
  expect(await estimateSeconds('gemini', 0, 5)).toBe(0);
});
