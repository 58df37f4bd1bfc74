import { and, eq, isNull, sql } from 'drizzle-orm';
import { db } from '@/db/client';
import { jobs } from '@/db/schema';

/** What the engine must know to run a job. */
export interface JobStart {
  jobId: string;
  run: number;
  workers: number;
  /** Sets a further start of the same retry apart; the engine takes each start only once. */
  again?: string;
}

const RENEWED_AFTER_SECONDS = 600;

/**
 * Jobs that have their file and have been waiting for their start for longer than `lateMs`. A start sent twice is one start; but the engine
 * may have lost a run that it took, so every ten minutes the start is a new one. The earlier keeps its place in the
 * queue and may still come: then it gets the job, and the newer finds it gone.
 */
export const listWaitingJobs = async (lateMs: number): Promise<JobStart[]> => {
  const waitedSeconds = sql<number>`extract(epoch from now() - ${jobs.updatedAt})::float8`;
  const rows = await db()
    .select({ job: jobs, waitedSeconds })
    .from(jobs)
    .where(and(eq(jobs.status, 'pending'), isNull(jobs.fileDueAt), sql`${waitedSeconds} > ${lateMs / 1000}`));
  return rows.map(({ job, waitedSeconds }) => {
    const renewals = Math.max(0, Math.floor(waitedSeconds / RENEWED_AFTER_SECONDS));
    const isFirst = renewals === 0 && job.startedAt === null;
    const start = { jobId: job.id, run: job.retryCount, workers: job.workers };
    return isFirst ? start : { ...start, again: `${job.version}-${renewals}` };
  });
};
