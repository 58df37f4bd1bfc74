import { Readable } from 'node:stream';
import postgres from 'postgres';
import { afterAll, beforeEach, expect, it, vi } from 'vitest';
import { sql } from '@/db/client';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { addUser } from '@/db/testing/factories';
import { errorAnswer } from '@/e2e/support/fake-gemini-answers';
import { makeNovel } from '@/e2e/support/novel-maker';
import * as reading from '@/lib/pdf/read-novel';
import { storeFile } from '@/lib/storage/store';
import { cancelJob } from './cancel-job';
import { createJob } from './create-job';
import { deleteJob } from './delete-job';
import { editSentence } from './edit-sentence';
import { finishJob } from './finish-job';
import { planChunks } from './plan-chunks';
import { processChunk } from './process-chunk';
import { getJob } from './queries';
import * as pricing from './require-priced';
import { retryJob } from './retry-job';
import { toRows } from './sentence-rows';
import { splitJob } from './split-job';
import { startJob } from './start-job';
import { splitName, storeAhead, storedAhead, storeSentences } from './store-sentences';
import { onStoring, storeOnceInVain } from './testing/meddle-with-storing';
import { firstRewritten } from './testing/run-novels';

const { environment, fake } = await vi.hoisted(async () => {
  const { startFakeGemini } = await import('@/e2e/support/fake-gemini');
  const { prepareEnvironment } = await import('@/db/testing/prepare-environment');
  const fake = await startFakeGemini();
  return { fake, environment: prepareEnvironment({ GEMINI_API_KEY: 'key', GEMINI_BASE_URL: fake.url }) };
});

// The first use of reader and lexicons starts their processes, on a busy machine for many seconds.
vi.setConfig({ testTimeout: 60_000 });

const database = connectTestDatabase();
afterAll(async () => {
  await fake.close();
  environment.remove();
});

const novel = await makeNovel({ seed: 3, pages: 31 });
const read = vi.spyOn(reading, 'readNovel');
let userId = '';
beforeEach(async () => {
  userId = await addUser();
  read.mockClear();
  fake.reset();
});

/** For Gemini it is priced by its text, which is read for that. */
async function begin(settings: Record<string, unknown> = { engine: 'gemini' }): Promise<string> {
  const file = await storeFile(Readable.from([Buffer.from(novel.pdf)]), 50e6);
  const { jobId } = await createJob({ userId, file, name: 'novel.pdf', settings });
  return jobId;
}
const stored = async (jobId: string) =>
  Number((await sql()`select count(*) as n from sentences where job_id = ${jobId}`)[0]?.n);

const attemptsOf = async (jobId: string) =>
  (await sql()`select attempts from chunks where job_id = ${jobId} order by index`).map(({ attempts }) => attempts);

it('a novel that was read for its price is stored behind the answer, and read once', async () => {
  const undo = await onStoring('perform pg_sleep(0.5)');
  const jobId = await begin();
  await startJob(jobId);
  // The chunks are named at once, and see to it.
  expect(await splitJob(jobId)).toMatchObject({ isRunning: true, chunks: [0, 1] });
  expect(await stored(jobId)).toBe(0);
  await processChunk(jobId, 0, { isLastAttempt: true });
  await undo();
  expect(await stored(jobId)).toBe(novel.sentences.length);
  expect(read).toHaveBeenCalledTimes(1);
});

it('what could not be stored is read again', async () => {
  const undo = await onStoring("raise exception ''no''");
  const jobId = await begin();
  await storedAhead(jobId);
  await undo();
  expect(await stored(jobId)).toBe(0);
  await startJob(jobId);
  expect(await splitJob(jobId)).toMatchObject({ isRunning: true });
  expect(await stored(jobId)).toBe(novel.sentences.length);
  expect(read).toHaveBeenCalledTimes(2);
});

it('another process does not read it meanwhile', async () => {
  const undo = await onStoring('perform pg_sleep(0.5)');
  const elsewhere = postgres(database.url, { max: 1 });
  const jobId = await begin();
  const mayRead = async () => {
    const name = splitName(jobId);
    const [row] = await elsewhere`select pg_try_advisory_xact_lock(hashtextextended(${name}, 0)) as may`;
    return row?.may;
  };
  await expect.poll(mayRead).toBe(false);
  await storedAhead(jobId);
  await expect.poll(mayRead).toBe(true);
  expect(await stored(jobId)).toBe(novel.sentences.length);
  await elsewhere.end();
  await undo();
});

const process = (jobId: string, chunks: number[]) =>
  Promise.all(chunks.map((index) => processChunk(jobId, index, { isLastAttempt: false, runId: 'run' })));

it('the model is asked while the novel is being stored, as it would be afterwards', async () => {
  const undo = await onStoring('perform pg_sleep(0.5)');
  const jobId = await begin();
  await startJob(jobId, { run: 0, runId: 'run' });
  const processing = process(jobId, [0, 1]);
  await expect.poll(() => fake.calls.length).toBe(2);
  expect(await stored(jobId)).toBe(0);
  const outcomes = (await processing).map(({ outcome }) => outcome);
  await undo();
  const ahead = fake.calls.splice(0);

  userId = await addUser();
  const another = await begin();
  await storedAhead(another);
  await startJob(another, { run: 0, runId: 'run' });
  await process(another, [0, 1]);
  const asked = (calls: typeof ahead) =>
    calls
      .map(({ numbers, context }) => ({ numbers, context }))
      .sort((a, b) => (a.numbers[0] ?? 0) - (b.numbers[0] ?? 0));
  expect(asked(ahead)).toEqual(asked(fake.calls));
  expect(outcomes).toEqual(['done', 'done']);
  expect(await finishJob(jobId, 'run')).toEqual({ status: 'completed' });
});

it('what comes to nothing while the model writes is read again, once, and what it wrote is kept', async () => {
  const undo = await storeOnceInVain();
  const jobId = await begin();
  await startJob(jobId, { run: 0, runId: 'run' });
  const { chunks } = await splitJob(jobId, 'run');
  const receipts = await process(jobId, chunks);
  await undo();
  expect(await stored(jobId)).toBe(novel.sentences.length);
  expect(read).toHaveBeenCalledTimes(2);
  expect(receipts.map(({ outcome }) => outcome)).toEqual(['done', 'done']);
  expect(await attemptsOf(jobId)).toEqual([1, 1]);
  expect(fake.calls).toHaveLength(2);
  expect(await finishJob(jobId, 'run')).toEqual({ status: 'completed' });
});

it('what an earlier job no longer has when it is read again is asked of the model like the rest', async () => {
  const earlier = await begin();
  await startJob(earlier, { run: 0, runId: 'run' });
  await process(earlier, [0]);
  const undo = await storeOnceInVain();
  const jobId = await begin();
  const own = await firstRewritten(earlier);
  await editSentence(userId, earlier, own, { rewrites: ['Voici mes mots.'] });
  // As if one sentence more made no difference to the price, which is rounded.
  vi.spyOn(pricing, 'requirePriced').mockResolvedValueOnce();
  await startJob(jobId, { run: 0, runId: 'run' });
  fake.reset();
  const receipts = await process(jobId, [0, 1]);
  await undo();
  expect(receipts.map(({ outcome }) => outcome)).toEqual(['done', 'done']);
  expect(fake.calls.map(({ numbers }) => numbers)).toContainEqual([own]);
  expect(await finishJob(jobId, 'run')).toEqual({ status: 'completed' });
});

it('a novel that cannot be read after all fails the job, not its chunks one by one, and what was paid is counted', async () => {
  const undo = await storeOnceInVain();
  const jobId = await begin();
  await startJob(jobId, { run: 0, runId: 'run' });
  await splitJob(jobId, 'run');
  const processing = process(jobId, [0, 1]);
  await sql()`update novels set storage_key = null where id = (select novel_id from jobs where id = ${jobId})`;
  const receipts = await processing;
  await undo();
  expect(receipts.map(({ outcome }) => outcome)).toEqual(['stopped', 'stopped']);
  const { job } = await getJob(userId, jobId);
  expect(job).toMatchObject({ status: 'failed', error: { code: 'FILE_EXPIRED' }, failed_chunks: [] });
  expect(job.gemini_api_calls).toBe(fake.calls.length);
});

/** The model refuses so many calls for good. */
function refuse(calls: number) {
  let left = calls;
  fake.setFaults(() => {
    left -= 1;
    return left >= 0 ? errorAnswer(400, 'INVALID_ARGUMENT') : undefined;
  });
}

it.each([
  [1, 'completed'],
  [2, 'failed'],
])('what %i of two chunks are refused before it is stored is counted, and there: %s', async (refused, status) => {
  const undo = await onStoring('perform pg_sleep(0.5)');
  const jobId = await begin();
  await startJob(jobId, { run: 0, runId: 'run' });
  refuse(refused);
  const receipts = await process(jobId, [0, 1]);
  fake.setFaults(undefined);
  await undo();
  expect(receipts.filter(({ outcome }) => outcome === 'failed')).toHaveLength(refused);
  await finishJob(jobId, 'run');
  const { job } = await getJob(userId, jobId);
  expect(job).toMatchObject({ status, sentences: { total: novel.sentences.length } });
  const { kept, rewritten, skipped, failed } = job.sentences;
  expect(failed).toBeGreaterThan(0);
  expect(kept + rewritten + skipped + failed).toBe(novel.sentences.length);
});

it('what cannot be stored at the moment is asked for again, and what was paid is counted', async () => {
  const undo = await onStoring("perform pg_sleep(0.2); raise exception ''no''");
  const jobId = await begin();
  await startJob(jobId, { run: 0, runId: 'run' });
  await expect(process(jobId, [0])).rejects.toThrow();
  await undo();
  expect((await getJob(userId, jobId)).job).toMatchObject({ status: 'processing', gemini_api_calls: 1 });
  await process(jobId, [0, 1]);
  expect(await finishJob(jobId, 'run')).toEqual({ status: 'completed' });
  expect((await getJob(userId, jobId)).job.gemini_api_calls).toBe(fake.calls.length);
});

const sentence = { kind: 'narration' as const, text: 'Il vint.', paragraph: 0, pageStart: 1, pageEnd: 1 };
const few = { pages: [{ number: 1, kind: 'text' as const }], sentences: [sentence] };
const rows = toRows(few, planChunks(31).chunks, { maxWords: 8, ignoreDialogue: false });

it('a novel of short sentences is not done before it is stored', async () => {
  const undo = await onStoring('perform pg_sleep(0.5)');
  const jobId = await begin({ engine: 'offline' });
  await startJob(jobId, { run: 0, runId: 'run' });
  storeAhead(jobId, few, rows);
  await process(jobId, [0, 1]);
  expect(await finishJob(jobId, 'run')).toEqual({ status: 'completed' });
  expect((await getJob(userId, jobId)).job.sentences).toMatchObject({ total: 1, kept: 1 });
  await undo();
});

it('a run that loses the job while it stores leaves nothing, and that is no error', async () => {
  const jobId = await begin({ engine: 'offline' });
  const undo = await onStoring(`update jobs set retry_count = 1 where id = ''${jobId}''`);
  await storeSentences({ jobId, run: 0 }, few, rows, () => true);
  await undo();
  expect(await stored(jobId)).toBe(0);
});

it('of two who store at the same time one does, and both are content', async () => {
  const jobId = await begin({ engine: 'offline' });
  const undo = await onStoring('perform pg_sleep(0.2)');
  await Promise.all([1, 2].map(() => storeSentences({ jobId, run: 0 }, few, rows, () => true)));
  await undo();
  expect(await stored(jobId)).toBe(1);
});

it('a job that is cancelled meanwhile keeps its text, or never gets it, and counts what it has', async () => {
  const jobId = await begin();
  await cancelJob(userId, jobId, userId);
  await storedAhead(jobId);
  const { job } = await getJob(userId, jobId);
  expect(job).toMatchObject({ status: 'cancelled', sentences: { total: await stored(jobId) } });
});

it('a retry meanwhile, with other settings, has the sentences decided about by these', async () => {
  const undo = await onStoring('perform pg_sleep(1)');
  const jobId = await begin();
  const isStoring = () =>
    sql()`select from pg_stat_activity where wait_event = 'PgSleep'`.then((rows) => rows.length > 0);
  await expect.poll(isStoring).toBe(true);
  await cancelJob(userId, jobId, userId);
  const { run } = await retryJob(userId, jobId, { ignore_dialogue: true });
  await startJob(jobId, { run, runId: 'run' });
  await splitJob(jobId, 'run');
  expect(await stored(jobId)).toBe(0);
  const processing = process(jobId, [0, 1]);
  await storedAhead(jobId);
  await undo();
  await processing;
  const dialogue = await sql()`
    select distinct status from sentences where job_id = ${jobId} and kind = 'dialogue' order by status`;
  expect(dialogue).toEqual([{ status: 'kept' }, { status: 'skipped' }]);
  expect(await finishJob(jobId, 'run')).toEqual({ status: 'completed' });
  const { job } = await getJob(userId, jobId);
  expect(fake.calls.flatMap(({ numbers }) => numbers)).toHaveLength(job.sentences.rewritten);
  expect(job.sentences.total).toBe(novel.sentences.length);
});

it('a job that is deleted meanwhile leaves nothing', async () => {
  const jobId = await begin();
  await deleteJob(userId, jobId);
  await storedAhead(jobId);
  expect(await stored(jobId)).toBe(0);
});
