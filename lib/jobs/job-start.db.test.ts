import { expect, it } from 'vitest';
import { db, sql } from '@/db/client';
import { USER_PLANS } from '@/db/schema';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { addJob, addUser } from '@/db/testing/factories';
import { priorityOf, startOf } from './job-start';
import { listWaitingJobs } from './list-waiting-jobs';
import { retryJob } from './retry-job';

connectTestDatabase();

const priority = async (jobId: string) => (await db().transaction((tx) => startOf(tx, jobId))).priority;
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);

it('lets a better plan go ahead, and each further novel of a reader stand back', async () => {
  const starts = await Promise.all(
    USER_PLANS.map(async (plan) => {
      const userId = await addUser({ plan });
      const jobs = [];
      for (const minutes of [3, 2, 1]) jobs.push(await addJob({ userId, job: { queuedAt: minutesAgo(minutes) } }));
      return Promise.all(jobs.map(({ jobId }) => priority(jobId)));
    }),
  );
  expect(starts).toEqual([
    [0, -120, -240],
    [150, 30, -90],
    [300, 180, 60],
  ]);
});

it('counts only novels that came before, wait or run, and are the reader’s own', async () => {
  const userId = await addUser();
  const queuedAt = minutesAgo(10);
  for (const status of ['completed', 'failed', 'cancelled'] as const)
    await addJob({ userId, status, job: { queuedAt } });
  await addJob({ userId, job: { queuedAt, fileDueAt: minutesAgo(-10) } });
  await addJob({ job: { queuedAt } });
  await addJob({ userId, job: { queuedAt: minutesAgo(1) } });
  const { jobId } = await addJob({ userId, job: { queuedAt: minutesAgo(5) } });
  expect(await priority(jobId)).toBe(0);
  await addJob({ userId, status: 'processing', job: { queuedAt } });
  expect(await priority(jobId)).toBe(-120);
});

it('stays within what Inngest allows, so that the longest queue is bridged in minutes', () => {
  const all = USER_PLANS.flatMap((plan) => [0, 1, 5, 1000].map((ahead) => priorityOf(plan, ahead)));
  expect([Math.min(...all), Math.max(...all)]).toEqual([-600, 300]);
  expect(priorityOf('school', 0, 30 * 24 * 3600)).toBe(43_200);
});

it('keeps the age of a job whose run was lost, or taken for it while it waited for its turn', async () => {
  const userId = await addUser({ plan: 'reader' });
  const begun = (minutes: number) => ({ queuedAt: minutesAgo(minutes), startedAt: minutesAgo(minutes - 1) });
  const { jobId } = await addJob({ userId, status: 'pending', job: begun(5) });
  expect(await priority(jobId)).toBe(150 + 300);
  // Had it no more than ten minutes, whoever came after it would be before it in the end.
  const { jobId: older } = await addJob({ job: begun(40) });
  expect(await priority(older)).toBe(2400);
});

it('is said with every start: of a retry, and of one that is sent again', async () => {
  const userId = await addUser({ plan: 'school' });
  const { jobId } = await addJob({ userId, status: 'failed' });
  expect(await retryJob(userId, jobId, {})).toEqual({ jobId, run: 1, workers: 1, priority: 300 });
  await sql()`update users set plan = 'reader' where id = ${userId}`;
  const waiting = await listWaitingJobs(-1000);
  expect(waiting.find((start) => start.jobId === jobId)?.priority).toBe(150);
});
