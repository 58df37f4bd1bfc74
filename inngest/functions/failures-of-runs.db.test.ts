import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { refuseChanges } from '@/db/testing/refuse-changes';
import { standStill } from '@/db/testing/stand-still';
import { startPipeline } from '@/e2e/support/pipeline';
import type { FAILURES_OF_RUNS } from '@/lib/failures';
import { findStatus } from '@/lib/jobs/start-job';
import { comeNow } from './testing/come-now';
import { ATTEMPTS, addWaiting, doneAfter, end, run, runsOf } from './testing/failing-runs';

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

const RUN_PLAYS: Record<keyof typeof FAILURES_OF_RUNS, () => Promise<void>> = {
  startLost: async () => {
    const added = await addWaiting();
    await standStill(added.jobId, 31);
    await comeNow('cron', 'sweep-stalled-jobs');
    expect(await end(added)).toMatchObject(doneAfter(1));
  },
  runLost: async () => {
    const added = await addWaiting({ status: 'processing', job: { runId: 'lost' } });
    await standStill(added.jobId, 11 * 60);
    await comeNow('cron', 'sweep-stalled-jobs');
    await expect.poll(() => findStatus(added.jobId), { timeout: 10_000 }).toBe('pending');
    await standStill(added.jobId, 31);
    await comeNow('cron', 'sweep-stalled-jobs');
    expect(await end(added)).toMatchObject(doneAfter(1));
  },
  runGivenUp: async () => {
    const allow = await refuseChanges({
      table: 'jobs',
      when: "new.status = 'completed'",
      times: ATTEMPTS,
      errcode: '22012',
    });
    const added = await addWaiting();
    expect(await run(added)).toMatchObject(doneAfter(1));
    await allow();
    await expect.poll(() => runsOf(added)).toEqual(['Failed', 'Completed']);
    expect(fake.calls).toHaveLength(1);
  },
  hardLimitPassed: async () => {
    const startedAt = new Date(Date.now() - 31 * 60_000);
    const added = await addWaiting({ status: 'processing', job: { runId: 'endless', startedAt } });
    await comeNow('cron', 'sweep-stalled-jobs');
    expect((await end(added)).job).toMatchObject({ status: 'failed', error: { code: 'JOB_TIMED_OUT' } });
  },
};

it.each(Object.entries(RUN_PLAYS))('%s', (_, play) => play());
