import { afterAll, expect, it, vi } from 'vitest';
import { sql } from '@/db/client';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { addJob } from '@/db/testing/factories';
import { env } from '@/lib/env';
import { beginChunk } from './begin-chunk';
import { endOverdueJobs } from './end-overdue-jobs';
import { failChunk } from './fail-chunk';
import { failJob } from './fail-job';
import { finishJob } from './finish-job';
import { processChunk } from './process-chunk';
import { getJob } from './queries';
import { requeueRun } from './requeue-stalled-jobs';
import { retryJob } from './retry-job';
import { splitJob } from './split-job';
import { startJob } from './start-job';
import { longestRunMinutes } from './time-limits';

const environment = await vi.hoisted(async () =>
  (await import('@/db/testing/prepare-environment')).prepareEnvironment(),
);

connectTestDatabase();
afterAll(environment.remove);

const SOFT = env().JOB_SOFT_TIMEOUT_MINUTES;
const HARD = env().JOB_HARD_TIMEOUT_MINUTES;
const CLAIM = { run: 0, runId: 'run' };
const OPEN = { sentences: ['kept' as const, 'pending' as const] };
const FIRST = { isLastAttempt: false, runId: CLAIM.runId };

/** Whatever is going on goes on for so long. */
const pass = (jobId: string, minutes: number) => sql()`
  update jobs set queued_at = queued_at - passed, started_at = started_at - passed, idle_since = idle_since - passed
  from (select ${minutes} * interval '1 minute' as passed) as clock where id = ${jobId}`;

async function addStarted(chunks = 3) {
  const added = await addJob({ chunks: Array.from({ length: chunks }, () => OPEN) });
  await startJob(added.jobId, CLAIM);
  await splitJob(added.jobId, CLAIM.runId);
  return added;
}
const isBegun = async (jobId: string, index: number) =>
  typeof (await beginChunk(jobId, index, CLAIM.runId)) === 'object';

it('a novel that has begun and waits for its turn, as often as it must, loses nothing by it', async () => {
  const { userId, jobId } = await addStarted();
  for (const chunk of [0, 1, 2]) {
    await pass(jobId, 10 * HARD);
    expect(await endOverdueJobs()).toEqual([]);
    expect(await processChunk(jobId, chunk, FIRST)).toMatchObject({ outcome: 'done' });
  }
  await pass(jobId, 10 * HARD);
  expect(await endOverdueJobs()).toEqual([]);
  expect(await finishJob(jobId, CLAIM.runId)).toEqual({ status: 'completed' });
  expect((await getJob(userId, jobId)).job).toMatchObject({ partial: false, failed_chunks: [] });
});

it('its time at work adds up, however often it waits in between', async () => {
  const { jobId } = await addStarted();
  for (const chunk of [0, 1]) {
    expect(await isBegun(jobId, chunk)).toBe(true);
    await pass(jobId, SOFT / 2 + 1);
    await failChunk(jobId, chunk, 'MODEL_UNAVAILABLE', 'Given up.', CLAIM.runId);
    await pass(jobId, HARD);
  }
  expect(await beginChunk(jobId, 2, CLAIM.runId)).toBe('late');
});

it('its time goes on while one of its chunks is at work, and while one is to be tried again', async () => {
  const { jobId } = await addStarted();
  expect([await isBegun(jobId, 0), await isBegun(jobId, 1)]).toEqual([true, true]);
  await failChunk(jobId, 0, 'MODEL_UNAVAILABLE', 'Given up.', CLAIM.runId);
  await pass(jobId, SOFT + 1);
  expect(await beginChunk(jobId, 2, CLAIM.runId)).toBe('late');
  await pass(jobId, HARD - SOFT);
  expect(await endOverdueJobs()).toEqual([{ jobId, run: 0 }]);
});

it('a chunk that another run asks for, or that is done, does not set its time going', async () => {
  const { jobId } = await addStarted(2);
  expect(await processChunk(jobId, 0, FIRST)).toMatchObject({ outcome: 'done' });
  expect(await beginChunk(jobId, 0, CLAIM.runId)).toBeUndefined();
  expect(await beginChunk(jobId, 1, 'another')).toBeUndefined();
  await pass(jobId, 2 * HARD);
  expect(await isBegun(jobId, 1)).toBe(true);
});

it('its time stands still from when its run is taken from it until the next one begins a chunk', async () => {
  const { jobId } = await addStarted(1);
  expect(await isBegun(jobId, 0)).toBe(true);
  await requeueRun(jobId, CLAIM);
  await pass(jobId, 2 * HARD);
  expect(await endOverdueJobs()).toEqual([]);
  const next = { run: 0, runId: 'next' };
  await startJob(jobId, next);
  await splitJob(jobId, next.runId);
  await pass(jobId, 2 * HARD);
  expect(await processChunk(jobId, 0, { isLastAttempt: false, runId: next.runId })).toMatchObject({ outcome: 'done' });
});

it('a split that comes late, while a chunk is at work, does not stop its time', async () => {
  const { jobId } = await addStarted(1);
  expect(await isBegun(jobId, 0)).toBe(true);
  await splitJob(jobId, CLAIM.runId);
  await pass(jobId, HARD + 1);
  expect(await endOverdueJobs()).toEqual([{ jobId, run: 0 }]);
});

it('one whose turn does not come for a day ends all the same', async () => {
  const { userId, jobId } = await addStarted();
  await pass(jobId, longestRunMinutes() - 1);
  expect(await endOverdueJobs()).toEqual([]);
  await pass(jobId, 2);
  expect(await endOverdueJobs()).toEqual([{ jobId, run: 0 }]);
  expect((await getJob(userId, jobId)).job).toMatchObject({ status: 'failed', error: { code: 'JOB_TIMED_OUT' } });
});

it('a retry has all its time again', async () => {
  const { userId, jobId } = await addStarted(1);
  await pass(jobId, HARD);
  expect(await isBegun(jobId, 0)).toBe(true);
  await failJob(jobId, 'INTERNAL', 'Something.', CLAIM.runId);
  await retryJob(userId, jobId, {});
  await startJob(jobId, { run: 1, runId: 'again' });
  await pass(jobId, SOFT + 1);
  expect(await beginChunk(jobId, 0, 'again')).toBe('late');
});
