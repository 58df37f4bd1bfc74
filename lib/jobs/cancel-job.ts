import { eq } from 'drizzle-orm';
import { db } from '@/db/client';
import { jobs } from '@/db/schema';
import { AppError } from '@/lib/errors';
import { lockJob } from './lock-job';
import { getJob } from './queries';
import type { Job } from './schema';
import { settleRun } from './settle-run';
import { canTransition } from './status';

/**
 * → cancelled, in the database first: running chunks notice within a second and their model calls are aborted. What was
 * used is charged. Twice is the same as once. A job that has finished answers JOB_STATE_CONFLICT.
 */
export async function cancelJob(userId: string, jobId: string, by: string): Promise<Job> {
  await db().transaction(async (tx) => {
    const job = await lockJob(tx, jobId);
    if (job?.userId !== userId || !canTransition(job.status, 'cancel')) return;
    const now = new Date();
    const charged = await settleRun(tx, job);
    await tx
      .update(jobs)
      .set({ status: 'cancelled', step: 'cancelled', cancelledAt: now, cancelledBy: by, completedAt: now, ...charged })
      .where(eq(jobs.id, jobId));
  });
  const { job } = await getJob(userId, jobId);
  if (job.status !== 'cancelled') {
    throw new AppError('JOB_STATE_CONFLICT', `The job has already ${job.status === 'failed' ? 'failed' : 'finished'}.`);
  }
  return job;
}
