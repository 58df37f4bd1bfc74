import { and, eq, inArray } from 'drizzle-orm';
import { db } from '@/db/client';
import { jobs } from '@/db/schema';
import { AppError } from '@/lib/errors';
import { getJob } from './queries';
import type { Job } from './schema';
import { JOB_TRANSITIONS } from './status';

/**
 * → cancelled, in the database first: running chunks notice within a second and their model calls are aborted.
 * Twice is the same as once. A job that has finished answers JOB_STATE_CONFLICT.
 */
export async function cancelJob(userId: string, jobId: string, by: string): Promise<Job> {
  const now = new Date();
  const [cancelled] = await db()
    .update(jobs)
    .set({ status: 'cancelled', step: 'cancelled', cancelledAt: now, cancelledBy: by, completedAt: now })
    .where(and(eq(jobs.id, jobId), eq(jobs.userId, userId), inArray(jobs.status, JOB_TRANSITIONS.cancel.from)))
    .returning({ id: jobs.id });
  const { job } = await getJob(userId, jobId);
  if (!cancelled && job.status !== 'cancelled') {
    throw new AppError('JOB_STATE_CONFLICT', `The job has already ${job.status === 'failed' ? 'failed' : 'finished'}.`);
  }
  return job;
}
