import { and, eq, isNull, type SQL, sql } from 'drizzle-orm';
import { db } from '@/db/client';
import { jobs } from '@/db/schema';
import { findStarts, type JobStart } from './job-start';

const RENEWED_AFTER_SECONDS = 600;

/**
 * Jobs that have their file and have been waiting for their start for longer than `lateMs`. A start sent twice is one start; but the engine
 * may have lost a run that it took, so every ten minutes the start is a new one. The earlier keeps its place in the
 * queue and may still come: then it gets the job, and the newer finds it gone.
 */
export async function listWaitingJobs(lateMs: number, which?: SQL): Promise<JobStart[]> {
  const late = sql`${jobs.updatedAt} < now() - ${lateMs} * interval '1 ms'`;
  const waiting = await findStarts(db(), and(eq(jobs.status, 'pending'), isNull(jobs.fileDueAt), late, which));
  return waiting.map(({ job, start, waitedSeconds }) => {
    const renewals = Math.max(0, Math.floor(waitedSeconds / RENEWED_AFTER_SECONDS));
    const isFirst = renewals === 0 && job.startedAt === null;
    return isFirst ? start : { ...start, again: `${job.version}-${renewals}` };
  });
}
