import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { sql } from '@/db/client';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { type AddedJob, addJob } from '@/db/testing/factories';
import { startPipeline } from '@/e2e/support/pipeline';
import { announce } from '@/inngest/client';
import { jobStartedEvent } from '@/inngest/events';
import { env } from '@/lib/env';
import { getJob } from '@/lib/jobs/queries';
import { longestRunMinutes } from '@/lib/jobs/time-limits';
import { comeNow } from './testing/come-now';

const { environment, fake, enginePort } = await vi.hoisted(async () => {
  const { startFakeGemini } = await import('@/e2e/support/fake-gemini');
  const { findFreePort } = await import('@/scripts/start/free-port');
  const { prepareEnvironment } = await import('@/db/testing/prepare-environment');
  const fake = await startFakeGemini({ latencyMs: 600_000 });
  const enginePort = await findFreePort(0, '127.0.0.1');
  const environment = prepareEnvironment({
    GEMINI_API_KEY: 'key',
    GEMINI_BASE_URL: fake.url,
    INNGEST_DEV: `http://127.0.0.1:${enginePort}`,
  });
  return { environment, fake, enginePort };
});

const database = connectTestDatabase();
let pipeline: Awaited<ReturnType<typeof startPipeline>>;

beforeAll(async () => {
  pipeline = await startPipeline({ databaseUrl: database.url, enginePort });
});
beforeEach(() => fake.reset());
afterEach(() => sql()`delete from inngest_embedded.runs`);
afterAll(async () => {
  await pipeline.close();
  await fake.close();
  environment.remove();
});

const PATIENT = { timeout: 20_000 };
const HARD_SECONDS = env().JOB_HARD_TIMEOUT_MINUTES * 60;

/** A job whose model call is under way and does not end. */
async function startEndless(): Promise<AddedJob> {
  const added = await addJob({ chunks: [{ sentences: ['kept', 'pending'] }], job: { engine: 'gemini' } });
  await announce(jobStartedEvent({ jobId: added.jobId, run: 0, workers: 1, priority: 0 }));
  await expect.poll(() => fake.calls.length, PATIENT).toBe(1);
  return added;
}

async function expectTimedOut({ userId, jobId }: AddedJob) {
  await expect
    .poll(async () => (await getJob(userId, jobId)).job, PATIENT)
    .toMatchObject({
      status: 'failed',
      error: { code: 'JOB_TIMED_OUT' },
      sentences: { kept: 1 },
    });
  await expect.poll(() => fake.calls.map(({ aborted }) => aborted), PATIENT).toEqual([true]);
  await expect.poll(() => sql()`select from inngest_embedded.runs where status = 'Running'`, PATIENT).toEqual([]);
  expect(fake.calls).toHaveLength(1);
}

it('ends a run that has waited for a day, and its job with it', async () => {
  const added = await startEndless();
  const [timer] = await sql()<{ seconds: number }[]>`
    select extract(epoch from due_at - runs.started_at)::float8 as seconds
    from inngest_embedded.timers join inngest_embedded.runs on runs.id = run_id where kind = 'finish'`;
  const seconds = longestRunMinutes() * 60;
  expect(timer?.seconds).toBeGreaterThan(seconds - 1);
  expect(timer?.seconds).toBeLessThan(seconds + 5);
  await comeNow('finish', 'process-novel');
  await expectTimedOut(added);
});

it('ends a job at the hard limit within a minute, and its run with it', async () => {
  const added = await startEndless();
  await sql()`update jobs set started_at = now() - ${HARD_SECONDS + 1} * interval '1 second' where id = ${added.jobId}`;
  const [sweep] = await sql()<{ seconds: number }[]>`
    select extract(epoch from due_at - now())::float8 as seconds
    from inngest_embedded.timers where kind = 'cron' and fn like '%sweep-stalled-jobs'`;
  expect(sweep?.seconds).toBeLessThanOrEqual(60);
  await comeNow('cron', 'sweep-stalled-jobs');
  await expectTimedOut(added);
});
