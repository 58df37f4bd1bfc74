import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { addJob } from '@/db/testing/factories';
import { startPipeline } from '@/e2e/support/pipeline';
import { announce } from '@/inngest/client';
import { jobStartedEvent } from '@/inngest/events';
import { WORKER_COUNTS } from '@/lib/jobs/plan-chunks';
import { runJobHere } from '@/lib/jobs/run-job-here';
import { findStatus } from '@/lib/jobs/start-job';

const CEILING = 6;

const { environment, fake, enginePort } = await vi.hoisted(async () => {
  const { startFakeGemini } = await import('@/e2e/support/fake-gemini');
  const { findFreePort } = await import('@/scripts/start/free-port');
  const { prepareEnvironment } = await import('@/db/testing/prepare-environment');
  const fake = await startFakeGemini({ latencyMs: 500 });
  const enginePort = await findFreePort(0, '127.0.0.1');
  const environment = prepareEnvironment({
    GEMINI_API_KEY: 'key',
    GEMINI_BASE_URL: fake.url,
    INNGEST_DEV: `http://127.0.0.1:${enginePort}`,
    MODEL_CONCURRENCY: '6',
  });
  return { environment, fake, enginePort };
});

// The first use of the lexicons starts their processes, on a busy machine for many seconds.
vi.setConfig({ testTimeout: 60_000 });

const database = connectTestDatabase();
let pipeline: Awaited<ReturnType<typeof startPipeline>>;
beforeAll(async () => {
  pipeline = await startPipeline({ databaseUrl: database.url, enginePort });
});
beforeEach(() => fake.reset());
afterAll(async () => {
  await pipeline.close();
  await fake.close();
  environment.remove();
});

async function addNovel(workers: number, parts: number) {
  const chunks = Array.from({ length: parts }, () => ({ sentences: ['pending' as const] }));
  const { jobId } = await addJob({ chunks, job: { engine: 'gemini', workers } });
  return { jobId, run: 0, workers, priority: 0 };
}

const completed = (jobId: string) => expect.poll(() => findStatus(jobId), { timeout: 50_000 }).toBe('completed');

/** Calls under way at the moment when there were most. */
const mostCalls = () =>
  Math.max(
    ...fake.calls.map(
      ({ startedAt: at }) => fake.calls.filter((call) => call.startedAt <= at && (call.endedAt ?? at) > at).length,
    ),
  );

it.each(WORKER_COUNTS)('a job with %i lanes has so many chunks under way, and no more', async (workers) => {
  const start = await addNovel(workers, 2 * workers);
  await announce(jobStartedEvent(start));
  await completed(start.jobId);
  expect(mostCalls()).toBe(workers);
});

it('all jobs together have MODEL_CONCURRENCY, those that run in a request among them', async () => {
  const starts = await Promise.all([5, 5, 1, 1, 1].map((workers) => addNovel(workers, 3 * workers)));
  const [one, other, ...here] = starts;
  for (const start of [one, other]) if (start) await announce(jobStartedEvent(start));
  await Promise.all(here.map(runJobHere));
  await Promise.all(starts.map(({ jobId }) => completed(jobId)));
  expect(mostCalls()).toBe(CEILING);
});
