import { afterAll, describe, expect, it, vi } from 'vitest';
import { sql } from '@/db/client';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { addJob, type JobPlan } from '@/db/testing/factories';
import { standStill } from '@/db/testing/stand-still';
import { beginChunk } from './begin-chunk';
import { cancelJob } from './cancel-job';
import { endChunk } from './end-chunk';
import { failChunk } from './fail-chunk';
import { failJob } from './fail-job';
import { finishJob } from './finish-job';
import { listWaitingJobs } from './list-waiting-jobs';
import { processChunk } from './process-chunk';
import { expectPause, requeueStalledJobs } from './requeue-stalled-jobs';
import { retryJob } from './retry-job';
import { splitJob } from './split-job';
import { findStatus, startJob } from './start-job';
import { JOB_STATUSES } from './status';

const environment = await vi.hoisted(async () =>
  (await import('@/db/testing/prepare-environment')).prepareEnvironment(),
);

connectTestDatabase();
afterAll(environment.remove);

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000);
const OLD = { run: 0, runId: 'old' };
const NEW = { run: 0, runId: 'new' };
const addStalled = (chunks: JobPlan['chunks'] = [{ sentences: ['kept', 'pending'] }]) =>
  addJob({ status: 'processing', chunks, job: { runId: OLD.runId, startedAt: ago(12), updatedAt: ago(11) } });

describe('a job without progress', () => {
  it('waits for a new run, once, and no other job does', async () => {
    const stalled = await addStalled();
    for (const status of JOB_STATUSES)
      await addJob({ status, job: { updatedAt: ago(status === 'processing' ? 9 : 11) } });
    expect([await requeueStalledJobs(), await requeueStalledJobs()]).toEqual([1, 0]);
    expect(await findStatus(stalled.jobId)).toBe('pending');
  });

  it('is not stalled while its model has asked to wait, as long as it likes', async () => {
    const { jobId } = await addStalled();
    await expectPause(jobId, OLD.runId, 60_000);
    await standStill(jobId, 30 * 60);
    expect(await requeueStalledJobs()).toBe(0);
    await sql()`update jobs set waits_until = now() - interval '11 minutes' where id = ${jobId}`;
    await standStill(jobId, 30 * 60);
    expect(await requeueStalledJobs()).toBe(1);
  });

  it('is not kept waiting by a run that has lost it, nor after its end', async () => {
    const { jobId } = await addStalled();
    await expectPause(jobId, NEW.runId, 60_000);
    const ended = await addJob({ status: 'cancelled', job: { runId: OLD.runId } });
    await expectPause(ended.jobId, OLD.runId, 60_000);
    const waits = await sql()`select id from jobs where waits_until is not null and id in (${jobId}, ${ended.jobId})`;
    expect(waits).toEqual([]);
  });

  it('is started under another id than before, the same one until it starts', async () => {
    const { jobId } = await addStalled();
    await requeueStalledJobs();
    const find = async () => (await listWaitingJobs(-1000)).find((job) => job.jobId === jobId);
    const start = await find();
    expect(start).toMatchObject({ run: 0, again: expect.stringMatching(/^\d+-0$/) });
    expect(await find()).toEqual(start);
  });

  it('belongs to the run that goes on: the old one, still alive, can neither work nor fail nor finish', async () => {
    const { jobId } = await addStalled();
    await requeueStalledJobs();
    await failJob(jobId, 'INTERNAL', 'Late news.', OLD.runId);
    expect(await startJob(jobId, NEW)).toEqual({ isRunning: true });
    expect(await startJob(jobId, OLD)).toEqual({ isRunning: false });
    expect(await splitJob(jobId, OLD.runId)).toMatchObject({ isRunning: false });
    expect(await processChunk(jobId, 0, { isLastAttempt: true, runId: OLD.runId })).toMatchObject({
      outcome: 'stopped',
    });
    expect(await failChunk(jobId, 0, 'INTERNAL', 'Late news.', OLD.runId)).toBeUndefined();
    expect(await beginChunk(jobId, 0, OLD.runId)).toBeUndefined();
    // Begun by the new run, and believed to be settled by the old one.
    await beginChunk(jobId, 0, NEW.runId);
    expect(await endChunk(jobId, 0, OLD.runId)).toBe(false);
    expect(await finishJob(jobId, OLD.runId)).toEqual({ status: 'processing' });
    await failJob(jobId, 'INTERNAL', 'Late news.', OLD.runId);
    expect(await findStatus(jobId)).toBe('processing');

    const receipt = await processChunk(jobId, 0, { isLastAttempt: true, runId: NEW.runId });
    expect(receipt).toMatchObject({ outcome: 'done', sentences: 1 });
    expect(await finishJob(jobId, NEW.runId)).toEqual({ status: 'completed' });
    const [row] = await sql()`
      select retry_count, started_at < now() - interval '11 minutes' as still_counts from jobs where id = ${jobId}`;
    expect(row).toEqual({ retry_count: 0, still_counts: true });
  });
});

it('a job that was stopped between its last chunk and its end is ended by a retry', async () => {
  const { userId, jobId } = await addJob({
    status: 'cancelled',
    chunks: [{ status: 'done', sentences: ['kept', 'rewritten'] }],
  });
  expect(await retryJob(userId, jobId, {})).toMatchObject({ run: 1 });
  await startJob(jobId, { run: 1, runId: 'new' });
  expect(await splitJob(jobId, 'new')).toMatchObject({ isRunning: true, chunks: [] });
  expect(await finishJob(jobId, 'new')).toEqual({ status: 'completed' });
});

describe('a start', () => {
  it('goes to the first of two runs, and to the same when it is repeated', async () => {
    const { jobId } = await addJob();
    const answers = await Promise.all([startJob(jobId, OLD), startJob(jobId, NEW)]);
    expect(answers.map(({ isRunning }) => isRunning).sort()).toEqual([false, true]);
    expect(await Promise.all([startJob(jobId, OLD), startJob(jobId, NEW)])).toEqual(answers);
  });

  it('is not for a run of before a retry, and that cannot fail the job either', async () => {
    const { userId, jobId } = await addJob({ status: 'processing', job: { runId: OLD.runId } });
    await cancelJob(userId, jobId, 'reader');
    await retryJob(userId, jobId, {});
    expect(await startJob(jobId, OLD)).toEqual({ isRunning: false });
    await failJob(jobId, 'JOB_TIMED_OUT', 'Late news.', OLD.runId);
    expect(await findStatus(jobId)).toBe('pending');
    expect(await startJob(jobId, { run: 1, runId: 'new' })).toEqual({ isRunning: true });
  });

  it('that never came does not fail the job: it may come again', async () => {
    const { jobId } = await addJob();
    await failJob(jobId, 'INTERNAL', 'The app was away.', NEW.runId);
    expect(await findStatus(jobId)).toBe('pending');
  });

  it('gets a new id every ten minutes, since the engine may have lost what it took', async () => {
    const again = async (minutes: number) => {
      const { jobId } = await addJob({ job: { updatedAt: ago(minutes) } });
      return (await listWaitingJobs(30_000)).find((job) => job.jobId === jobId);
    };
    expect(await again(0.2)).toBeUndefined();
    expect((await again(9))?.again).toBeUndefined();
    expect((await again(11))?.again).toBe('1-1');
    expect((await again(25))?.again).toBe('1-2');
  });
});
