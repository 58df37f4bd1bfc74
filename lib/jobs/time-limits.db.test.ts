import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { sql } from '@/db/client';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { addJob, type JobPlan } from '@/db/testing/factories';
import { errorAnswer } from '@/e2e/support/fake-gemini-answers';
import { env } from '@/lib/env';
import { endOverdueJobs } from './end-overdue-jobs';
import { finishJob } from './finish-job';
import { processChunk } from './process-chunk';
import { getJob } from './queries';
import { JOB_STATUSES } from './status';

const { environment, fake } = await vi.hoisted(async () => {
  const { startFakeGemini } = await import('@/e2e/support/fake-gemini');
  const { prepareEnvironment } = await import('@/db/testing/prepare-environment');
  const fake = await startFakeGemini();
  return { fake, environment: prepareEnvironment({ GEMINI_API_KEY: 'key', GEMINI_BASE_URL: fake.url }) };
});

connectTestDatabase();
beforeEach(() => {
  fake.setLatency(0);
  fake.reset();
});
afterAll(async () => {
  await fake.close();
  environment.remove();
});

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);
const startedMinutesAgo = (jobId: string, minutes: number) =>
  sql()`update jobs set started_at = now() - ${minutes} * interval '1 minute' where id = ${jobId}`;
const PATIENT = { timeout: 10_000 };
const soft = env().JOB_SOFT_TIMEOUT_MINUTES;
const hard = env().JOB_HARD_TIMEOUT_MINUTES;
const addRunning = (startedMinutesAgo: number, chunks: JobPlan['chunks']) =>
  addJob({
    status: 'processing',
    ...(chunks && { chunks }),
    job: { startedAt: minutesAgo(startedMinutesAgo), engine: 'gemini' },
  });

it('a job that nobody has begun for a day ends, and one whose file is still to come does not', async () => {
  const queuedAt = minutesAgo(24 * 60 + 1);
  const { userId, jobId } = await addJob({ job: { queuedAt } });
  await addJob({ job: { queuedAt, fileDueAt: minutesAgo(1) } });
  await addJob({ job: { queuedAt: minutesAgo(24 * 60 - 1) } });
  expect(await endOverdueJobs()).toEqual([{ jobId, run: 0 }]);
  expect((await getJob(userId, jobId)).job).toMatchObject({ status: 'failed', error: { code: 'JOB_TIMED_OUT' } });
});

describe('past its soft limit', () => {
  const open = { sentences: ['kept' as const, 'pending' as const] };

  it('a job begins no chunk and becomes what it has, with the reason for each gap', async () => {
    const { userId, jobId } = await addRunning(soft + 1, [{ status: 'done', sentences: ['rewritten'] }, open, open]);
    for (const chunk of [1, 2]) {
      const receipt = await processChunk(jobId, chunk, { isLastAttempt: false });
      expect(receipt).toEqual({ chunk, outcome: 'failed', sentences: 0 });
    }
    expect(await finishJob(jobId)).toEqual({ status: 'completed' });
    const { job } = await getJob(userId, jobId);
    expect(job).toMatchObject({ partial: true, sentences: { total: 5, rewritten: 1, kept: 2, failed: 2 } });
    expect(job.failed_chunks.map(({ code, retryable }) => [code, retryable])).toEqual([
      ['JOB_TIMED_OUT', true],
      ['JOB_TIMED_OUT', true],
    ]);
    expect(fake.calls).toEqual([]);
  });

  it('a job that has nothing fails', async () => {
    const { userId, jobId } = await addRunning(soft + 1, [open]);
    await processChunk(jobId, 0, { isLastAttempt: false });
    expect(await finishJob(jobId)).toEqual({ status: 'failed' });
    expect((await getJob(userId, jobId)).job.error).toMatchObject({ code: 'JOB_TIMED_OUT' });
  });

  it('a chunk that was done before stays done', async () => {
    const { jobId } = await addRunning(soft + 1, [{ status: 'done', sentences: ['rewritten'] }]);
    expect(await processChunk(jobId, 0, { isLastAttempt: false })).toMatchObject({ outcome: 'stopped' });
    expect(await finishJob(jobId)).toEqual({ status: 'completed' });
  });

  it.each([
    ['whose sentences were all short enough', ['kept', 'kept']],
    ['whose pages are blank', []],
    ['whose sentences a run has rewritten that was lost before it could end it', ['rewritten']],
  ] as const)('a chunk %s is no gap', async (_, sentences) => {
    const { userId, jobId } = await addRunning(soft + 1, [
      { status: 'done', sentences: ['rewritten'] },
      { sentences: [...sentences] },
    ]);
    expect(await processChunk(jobId, 1, { isLastAttempt: false })).toMatchObject({ outcome: 'done' });
    expect(await finishJob(jobId)).toEqual({ status: 'completed' });
    expect((await getJob(userId, jobId)).job).toMatchObject({ partial: false, failed_chunks: [] });
  });

  it('nothing is asked again: a chunk that would have to wait for so long is given up at once', async () => {
    const minutes = 60_000;
    fake.setFaults(() => errorAnswer(503, 'UNAVAILABLE', [], { 'retry-after': '600' }));
    const [early, late] = await Promise.all([soft - 15, soft - 5].map((started) => addRunning(started, [open])));
    const ask = (jobId = '') => processChunk(jobId, 0, { isLastAttempt: false });
    await expect(ask(early?.jobId)).rejects.toMatchObject({ retryAfterMs: 10 * minutes });
    expect(await ask(late?.jobId)).toMatchObject({ outcome: 'failed' });
    fake.setFaults(undefined);
  });

  it('a chunk that had begun goes on', async () => {
    fake.setLatency(200);
    const { jobId } = await addRunning(soft - 1, [open]);
    const receipt = processChunk(jobId, 0, { isLastAttempt: false });
    await expect.poll(() => fake.calls.length, PATIENT).toBe(1);
    await startedMinutesAgo(jobId, soft + 1);
    expect(await receipt).toMatchObject({ outcome: 'done' });
  });
});

describe('past its hard limit', () => {
  it('a job is ended, its model call aborted, and what it has is kept', async () => {
    fake.setLatency(60_000);
    const { userId, jobId } = await addRunning(1, [{ sentences: ['kept', 'pending'] }]);
    const receipt = processChunk(jobId, 0, { isLastAttempt: false });
    await expect.poll(() => fake.calls.length, PATIENT).toBe(1);
    expect(await endOverdueJobs()).toEqual([]);
    await startedMinutesAgo(jobId, hard + 1);
    expect(await endOverdueJobs()).toEqual([{ jobId, run: 0 }]);
    expect(await receipt).toMatchObject({ outcome: 'stopped' });
    await expect.poll(() => fake.calls.map(({ aborted }) => aborted), PATIENT).toEqual([true]);
    const { job } = await getJob(userId, jobId);
    expect(job).toMatchObject({
      status: 'failed',
      error: { code: 'JOB_TIMED_OUT' },
      sentences: { kept: 1, failed: 0 },
    });
  });

  it('a job that cannot be ended holds up no other', async () => {
    const [stuck, other] = await Promise.all([addRunning(hard + 2, undefined), addRunning(hard + 1, undefined)]);
    await sql().unsafe(`
      create function refuse() returns trigger language plpgsql as $$ begin raise 'no'; end $$;
      create trigger refuse before update on jobs for each row when (new.id = '${stuck.jobId}') execute function refuse()`);
    expect(await endOverdueJobs()).toEqual([{ jobId: other.jobId, run: 0 }]);
    await sql()`drop function refuse cascade`;
    expect(await endOverdueJobs()).toEqual([{ jobId: stuck.jobId, run: 0 }]);
  });

  it('only a job that has not ended is ended, once', async () => {
    const jobs = await Promise.all(
      JOB_STATUSES.map((status) => addJob({ status, job: { startedAt: minutesAgo(hard + 1) } })),
    );
    const idOf = (status: (typeof JOB_STATUSES)[number]) => jobs[JOB_STATUSES.indexOf(status)]?.jobId;
    expect((await endOverdueJobs()).map(({ jobId }) => jobId).sort()).toEqual(
      [idOf('pending'), idOf('processing')].sort(),
    );
    expect(await endOverdueJobs()).toEqual([]);
  });
});

describe('past its own limit', () => {
  it('a chunk has had sixteen minutes, time for four calls that each take as long as they may', async () => {
    fake.setLatency(24 * 60 * 60_000);
    const { jobId } = await addRunning(1, [{ sentences: ['pending'] }]);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const failed = vi.fn();
      const work = processChunk(jobId, 0, { isLastAttempt: false }).catch(failed);
      await expect.poll(() => fake.calls.length, PATIENT).toBe(1);
      const calls = 4 * env().MODEL_CALL_TIMEOUT_SECONDS * 1000;
      await vi.advanceTimersByTimeAsync(calls - 1000);
      expect(failed).not.toHaveBeenCalled();
      await vi.advanceTimersByTimeAsync(1000);
      await work;
      expect(failed).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ code: 'MODEL_TIMEOUT' }));
    } finally {
      vi.useRealTimers();
    }
    await expect.poll(() => fake.calls.map(({ aborted }) => aborted), PATIENT).toEqual([true]);
  });

  it('a chunk gives its call up and may be tried again', async () => {
    fake.setLatency(60_000);
    const { jobId } = await addRunning(1, [{ sentences: ['pending'] }]);
    const first = processChunk(jobId, 0, { isLastAttempt: false, timeoutMs: 1_000 });
    await expect(first).rejects.toMatchObject({ code: 'MODEL_TIMEOUT' });
    await expect.poll(() => fake.calls.map(({ aborted }) => aborted), PATIENT).toEqual([true]);
    fake.setLatency(0);
    expect(await processChunk(jobId, 0, { isLastAttempt: false })).toMatchObject({ outcome: 'done' });
  });
});
