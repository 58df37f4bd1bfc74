import { afterAll, afterEach, beforeEach, expect, it, vi } from 'vitest';
import { sql } from '@/db/client';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { type AddedJob, addJob } from '@/db/testing/factories';
import { startPipeline } from '@/e2e/support/pipeline';
import { announce } from '@/inngest/client';
import { jobStartedEvent } from '@/inngest/events';
import { getJob } from '@/lib/jobs/queries';
import { resumeJob } from '@/lib/jobs/resume-job';
import { isTerminal } from '@/lib/jobs/status';

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

beforeEach(async () => {
  fake.reset();
  await sql()`drop schema if exists inngest_embedded cascade`;
});
afterEach(async () => {
  await pipeline?.close();
  pipeline = undefined;
});
afterAll(async () => {
  await fake.close();
  environment.remove();
});

const ATTEMPTS = 4;
const CLAIM = { run: 0, runId: 'run' };

/** Loses every answer to the step, so many times, as if its process had died each time. */
async function open(step: string, times: number) {
  let lost = 0;
  pipeline = await startPipeline({
    databaseUrl: database.url,
    enginePort,
    loses: ({ body }) => {
      const isDone = body.includes(`"displayName":"${step}"`) && !body.includes('"op":"StepPlanned"');
      const isLost = lost < times && isDone;
      if (isLost) lost += 1;
      return isLost;
    },
  });
}

const addOpen = () =>
  addJob({ chunks: [{ sentences: ['pending'] }, { sentences: ['kept', 'pending'] }], job: { engine: 'gemini' } });

async function run({ userId, jobId }: AddedJob) {
  await announce(jobStartedEvent({ jobId, run: 0, workers: 1, priority: 0 }));
  return vi.waitUntil(
    async () => {
      const { job } = await getJob(userId, jobId);
      return isTerminal(job.status) && job;
    },
    { timeout: 50_000, interval: 50 },
  );
}

const runs = () => sql()`
  select status from inngest_embedded.runs where fn like '%process-novel-1' order by created_at`;

it('completes although the process died at each attempt of a step, and asks nothing twice', async () => {
  await open('process-chunk-0001', ATTEMPTS);
  const added = await addOpen();
  const job = await run(added);
  expect(job).toMatchObject({ status: 'completed', partial: false, retry_count: 0, sentences: { rewritten: 2 } });
  expect(fake.calls).toHaveLength(2);
  await expect.poll(runs, { timeout: 20_000 }).toEqual([{ status: 'Failed' }, { status: 'Completed' }]);
  expect((await getJob(added.userId, job.id)).job).toEqual(job);
});

it('waits for a job that somebody holds for a moment', async () => {
  const { jobId } = await addJob({
    status: 'processing',
    chunks: [{ sentences: ['pending'] }],
    job: { runId: CLAIM.runId },
  });
  let resuming: ReturnType<typeof resumeJob> | undefined;
  await sql().begin(async (tx) => {
    await tx`select from jobs where id = ${jobId} for no key update`;
    resuming = resumeJob(jobId, CLAIM, 0);
    await tx`select pg_sleep(0.3)`;
  });
  expect(await resuming).toMatchObject({ jobId, resumed: 1 });
});

it('fails a job whose process dies in every run, the first and four that went on with it', async () => {
  await open('split-job', Number.POSITIVE_INFINITY);
  const job = await run(await addOpen());
  expect(job).toMatchObject({ status: 'failed', error: { code: 'INTERNAL' }, sentences: { kept: 1, failed: 2 } });
  await expect.poll(runs, { timeout: 20_000 }).toEqual(Array(5).fill({ status: 'Failed' }));
});

it('ends with a gap when three new runs have not helped, and fails when not even the end of it comes', async () => {
  const { userId, jobId } = await addJob({
    status: 'processing',
    chunks: [
      { status: 'done', sentences: ['rewritten'] },
      { status: 'processing', sentences: ['kept', 'pending'] },
    ],
    job: { runId: CLAIM.runId },
  });
  const claimAgain = () => sql()`update jobs set status = 'processing', run_id = 'run' where id = ${jobId}`;
  for (const resumed of [0, 1, 2]) {
    const start = await resumeJob(jobId, CLAIM, resumed);
    expect(start).toMatchObject({ jobId, run: 0, resumed: resumed + 1, again: expect.any(String) });
    expect((await getJob(userId, jobId)).job).toMatchObject({ status: 'pending', failed_chunks: [] });
    await claimAgain();
  }
  expect(await resumeJob(jobId, CLAIM, 3)).toMatchObject({ resumed: 4 });
  expect((await getJob(userId, jobId)).job).toMatchObject({
    status: 'pending',
    failed_chunks: [{ chunk: 1, code: 'INTERNAL' }],
    sentences: { rewritten: 1, kept: 1, failed: 1 },
  });
  await claimAgain();
  expect(await resumeJob(jobId, CLAIM, 4)).toBeUndefined();
});

it('does not go on with a job that is not the run’s, has ended, or is not read', async () => {
  const others = await addJob({ status: 'processing', job: { runId: 'another' } });
  const retried = await addJob({ status: 'processing', job: { runId: CLAIM.runId, retryCount: 1 } });
  const ended = await addJob({ status: 'cancelled', job: { runId: CLAIM.runId } });
  const unread = await addJob({ status: 'processing', chunks: [{}], job: { runId: CLAIM.runId } });
  for (const { jobId } of [others, retried, ended, unread]) {
    const before = await sql()`select * from jobs where id = ${jobId}`;
    expect(await resumeJob(jobId, CLAIM, 0)).toBeUndefined();
    expect(await sql()`select * from jobs where id = ${jobId}`).toEqual(before);
  }
});
