import { and, eq, lt } from 'drizzle-orm';
import { db } from '@/db/client';
import { jobs } from '@/db/schema';

/** What the engine must know to run a job. */
export interface JobStart {
  jobId: string;
  run: number;
  workers: number;
}

const columns = { jobId: jobs.id, run: jobs.retryCount, workers: jobs.workers };

/** Jobs that have been waiting for their start for longer than `lateMs`. */
export const listWaitingJobs = (lateMs: number): Promise<JobStart[]> =>
  db()
    .select(columns)
    .from(jobs)
    .where(and(eq(jobs.status, 'pending'), lt(jobs.updatedAt, new Date(Date.now() - lateMs))));
