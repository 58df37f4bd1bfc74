import { and, eq, inArray, sql } from 'drizzle-orm';
import { db } from '@/db/client';
import { jobs } from '@/db/schema';
import { JOB_TRANSITIONS, type JobStatus } from './status';

/** A run of the engine, and for which retry of the job it was started. */
export interface Claim {
  run: number;
  runId: string;
}

/**
 * pending → processing, by the run that claims it; done twice it changes nothing. The answer says whether that run has
 * work to do: of several runs for one job the first gets it, and one of before a retry gets nothing.
 */
export async function startJob(jobId: string, claim?: Claim): Promise<{ isRunning: boolean }> {
  const isMine = claim && eq(jobs.retryCount, claim.run);
  await db()
    .update(jobs)
    .set({
      status: JOB_TRANSITIONS.start.to,
      step: 'reading',
      runId: claim?.runId ?? null,
      startedAt: sql`coalesce(${jobs.startedAt}, now())`,
    })
    .where(and(eq(jobs.id, jobId), inArray(jobs.status, JOB_TRANSITIONS.start.from), isMine));
  return { isRunning: await isRunning(jobId, claim?.runId) };
}

/** Whether the job is being processed, and, if a run is named, by that one. */
export async function isRunning(jobId: string, runId?: string): Promise<boolean> {
  const [row] = await db().select({ status: jobs.status, runId: jobs.runId }).from(jobs).where(eq(jobs.id, jobId));
  return isRunOf(row, runId);
}

/** The same of a row that is at hand. */
export const isRunOf = (
  row: { status: string; runId: string | null } | undefined,
  runId: string | undefined,
): boolean => row?.status === 'processing' && (runId === undefined || row.runId === runId);

export async function findStatus(jobId: string): Promise<JobStatus | undefined> {
  const [row] = await db().select({ status: jobs.status }).from(jobs).where(eq(jobs.id, jobId));
  return row?.status;
}
