import { Readable } from 'node:stream';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { session, sql } from '@/db/client';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { addUser } from '@/db/testing/factories';
import { makeNovel, type Novel, sentinelSentence } from '@/e2e/support/novel-maker';
import { type PipelineOptions, startPipeline } from '@/e2e/support/pipeline';
import { announce } from '@/inngest/client';
import { jobCancelledEvent, jobStartedEvent } from '@/inngest/events';
import { cancelJob } from '@/lib/jobs/cancel-job';
import { createJob } from '@/lib/jobs/create-job';
import { getReport } from '@/lib/jobs/get-report';
import { getJob } from '@/lib/jobs/queries';
import { retryJob } from '@/lib/jobs/retry-job';
import type { Job } from '@/lib/jobs/schema';
import { isTerminal } from '@/lib/jobs/status';
import { storeFile } from '@/lib/storage/store';

const { environment, fake, enginePort } = await vi.hoisted(async () => {
  const { startFakeGemini } = await import('@/e2e/support/fake-gemini');
  const { findFreePort } = await import('@/scripts/start/free-port');
  const { prepareEnvironment } = await import('@/db/testing/prepare-environment');
  const fake = await startFakeGemini();
  const enginePort = await findFreePort(0, '127.0.0.1');
  const environment = prepareEnvironment({
    GEMINI_API_KEY: 'key',
    GEMINI_BASE_URL: fake.url,
    INNGEST_DEV: `http://127.0.0.1:${enginePort}`,
  });
  return { environment, fake, enginePort };
});

// The first use of reader and lexicons starts their processes, on a busy machine for many seconds.
vi.setConfig({ testTimeout: 60_000 });

const database = connectTestDatabase();
let pipeline: Awaited<ReturnType<typeof startPipeline>> | undefined;
let ordinary: Novel;
let userId = '';

async function open(options: Pick<PipelineOptions, 'loses'> = {}) {
  pipeline = await startPipeline({ databaseUrl: database.url, enginePort, ...options });
  return pipeline;
}

beforeAll(async () => {
  ordinary = await makeNovel({ seed: 45, pages: 45 });
});
beforeEach(async () => {
  // A reader's second job would be taken from the first.
  userId = await addUser();
  fake.setLatency(0);
  fake.reset();
});
afterEach(async () => {
  await pipeline?.close();
  pipeline = undefined;
});
afterAll(async () => {
  await fake.close();
  environment.remove();
});

async function start(novel: Novel, settings: Record<string, string> = {}): Promise<string> {
  const file = await storeFile(Readable.from([Buffer.from(novel.pdf)]), 50e6);
  const created = await createJob({ userId, file, name: 'novel.pdf', settings });
  await announce(jobStartedEvent(created));
  return created.jobId;
}

const find = async (jobId: string) => (await getJob(userId, jobId)).job;
const ended = (jobId: string): Promise<Job> =>
  vi.waitUntil(
    async () => {
      const job = await find(jobId);
      return isTerminal(job.status) && job;
    },
    { timeout: 50_000, interval: 50 },
  );

const sentencesOf = (jobId: string) => sql()`
  select position, chunk_index, page_start, page_end, original, rewrites, status, method, flags
  from sentences where job_id = ${jobId} order by position`;
const spaced = (sentences: string[]) => sentences.map((sentence) => sentence.replaceAll(/\s/g, ' '));
const originals = async (jobId: string) => spaced((await sentencesOf(jobId)).map(({ original }) => String(original)));
const askedFor = () => fake.calls.flatMap(({ numbers }) => numbers);

/** No run is left that waits or works. */
const engineIsIdle = async () => {
  const [row] = await sql()`select count(*)::int as n from inngest_embedded.jobs`;
  return row?.n === 0;
};

it('takes a novel of 45 pages from the file to the last sentence, with one model call a chunk', async () => {
  await open();
  const jobId = await start(ordinary);
  const job = await ended(jobId);
  expect(job).toMatchObject({ status: 'completed', progress_percent: 100, partial: false, error: null });
  expect(job).toMatchObject({ total_chunks: 3, processed_chunks: 3, failed_chunks: [], gemini_api_calls: 3 });
  expect(await originals(jobId)).toEqual(spaced(ordinary.sentences));
  const { sentences } = await getReport(userId, jobId);
  const skipped = Object.values(sentences.skipped).reduce((sum, n) => sum + n, 0);
  expect(sentences.kept + sentences.rewritten + skipped).toBe(ordinary.sentences.length);
  expect(sentences).toMatchObject({ total: ordinary.sentences.length, pending: 0, failed: 0 });
  expect(new Set(askedFor()).size).toBe(askedFor().length);
});

it('rewrites a novel without any model', async () => {
  await open();
  const job = await ended(await start(ordinary, { engine: 'offline' }));
  expect(job).toMatchObject({ status: 'completed', progress_percent: 100, gemini_api_calls: 0 });
  expect(job.sentences.rewritten).toBeGreaterThan(0);
  expect(fake.calls).toEqual([]);
});

it('completes with a gap, named, when one chunk fails for good and another only for a while', async () => {
  await open();
  const sentinels = [
    { sentence: sentinelSentence('Sentinelle500'), page: 5 },
    { sentence: sentinelSentence('SentinelleRefusee'), page: 30 },
  ];
  const novel = await makeNovel({ seed: 46, pages: 45, sentinels });
  const jobId = await start(novel);
  const job = await ended(jobId);
  expect(job).toMatchObject({ status: 'completed', partial: true, processed_chunks: 2, error: null });
  expect(job.failed_chunks).toEqual([
    { chunk: 1, pages: '21–40', code: 'MODEL_REQUEST_REFUSED', retryable: false, attempts: 1 },
  ]);
  expect(await originals(jobId)).toEqual(spaced(novel.sentences));
  const lost = (await sentencesOf(jobId)).filter(({ status }) => status === 'failed');
  expect(lost.length).toBe(job.sentences.failed);
  expect(lost.every(({ chunk_index: chunk }) => chunk === 1)).toBe(true);
  const attempts = await sql()`select attempts from chunks where job_id = ${jobId} order by index`;
  expect(attempts.map((row) => row.attempts)).toEqual([2, 1, 1]);
});

it('fails the job, with the reason, when a chunk that can be tried again fails every time and there is no other', async () => {
  await open();
  const novel = await makeNovel({
    seed: 3,
    pages: 3,
    sentinels: [{ sentence: sentinelSentence('Sentinelle500Toujours') }],
  });
  const jobId = await start(novel);
  const job = await ended(jobId);
  expect(job).toMatchObject({ status: 'failed', error: { code: 'MODEL_UNAVAILABLE' } });
  expect(job.failed_chunks).toMatchObject([{ chunk: 0, attempts: 4 }]);
  expect(fake.calls).toHaveLength(4);
});

it('stops on a cancel: no model call after it, what was settled stays, and the run ends', async () => {
  await open();
  fake.setLatency(60_000);
  const jobId = await start(ordinary);
  await expect.poll(() => fake.calls.length, { timeout: 20_000 }).toBe(3);
  const kept = (await find(jobId)).sentences;
  await cancelJob(userId, jobId, 'reader@example.org');
  await announce(jobCancelledEvent({ jobId, run: 0 }));
  await expect.poll(() => fake.calls.every(({ aborted }) => aborted)).toBe(true);
  await expect.poll(engineIsIdle, { timeout: 5_000 }).toBe(true);
  expect(fake.calls).toHaveLength(3);
  expect(await find(jobId)).toMatchObject({ status: 'cancelled', error: null, sentences: kept });
});

it('is not ended by a cancel of the run before, told late', async () => {
  await open();
  fake.setLatency(60_000);
  const jobId = await start(ordinary);
  await expect.poll(() => fake.calls.length, { timeout: 20_000 }).toBe(3);
  await cancelJob(userId, jobId, 'reader@example.org');
  fake.setLatency(2_000);
  await announce(jobStartedEvent(await retryJob(userId, jobId, {})));
  await expect.poll(() => fake.calls.length, { timeout: 20_000 }).toBe(6);
  await announce(jobCancelledEvent({ jobId, run: 0 }));
  expect(await ended(jobId)).toMatchObject({ status: 'completed', partial: false, retry_count: 1 });
});

it('comes to the same when the answer of every step is lost and the engine dies with it', async () => {
  await open();
  const undisturbed = await ended(await start(ordinary));
  const calls = fake.calls.length;
  await pipeline?.close();
  fake.reset();
  userId = await addUser();

  const seen = new Set<string>();
  const disturbed: Awaited<ReturnType<typeof open>> = await open({
    loses: ({ status, body }) => {
      const step = `${status} ${/"displayName":"([^"]+)"/.exec(body)?.[1]}`;
      const isNew = !seen.has(step);
      seen.add(step);
      if (isNew) void disturbed.restartEngine();
      return isNew;
    },
  });
  const job = await ended(await start(ordinary));
  await expect.poll(engineIsIdle, { timeout: 20_000 }).toBe(true);
  expect([...seen].join()).toMatch(/split-job.*process-chunk-000[012].*finish-job/);
  expect(job).toMatchObject({ status: 'completed', partial: false, sentences: undisturbed.sentences });
  expect(await sentencesOf(job.id)).toEqual(await sentencesOf(undisturbed.id));
  // A chunk whose sentences were stored is not asked for again; one that was under way at a restart may be.
  expect(fake.calls.length).toBeLessThanOrEqual(calls + seen.size);
});

it('goes on while whoever asks has all connections for requests', async () => {
  await open();
  const jobId = await start(ordinary, { engine: 'offline' });
  await session()`select pg_advisory_lock(4711)`;
  const held = Promise.all(Array.from({ length: 20 }, () => sql()`select pg_advisory_xact_lock_shared(4711)`));
  const done = vi.waitUntil(
    async () => {
      const [job] = await session()`select status from jobs where id = ${jobId}`;
      return job?.status === 'completed';
    },
    { timeout: 50_000, interval: 50 },
  );
  await done.finally(() => session()`select pg_advisory_unlock(4711)`);
  await held;
});
