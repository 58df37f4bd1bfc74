import { and, eq, inArray, isNull, or } from 'drizzle-orm';
import { db } from '@/db/client';
import { jobs } from '@/db/schema';
import type { ErrorCode } from '@/lib/errors';
import type { Claim } from './start-job';
import { JOB_TRANSITIONS } from './status';

/**
 * → failed with a reason; a job that has ended keeps its end. A run can fail only the job that is its own, or one that
 * nobody has started yet.
 */
export async function failJob(jobId: string, code: ErrorCode, detail: string, claim?: Claim): Promise<void> {
  const isMine =
    claim &&
    and(
      eq(jobs.retryCount, claim.run),
      or(eq(jobs.runId, claim.runId), and(isNull(jobs.runId), isNull(jobs.startedAt))),
    );
  await db()
    .update(jobs)
    .set({ status: 'failed', step: 'failed', errorCode: code, errorDetail: detail, completedAt: new Date() })
    .where(and(eq(jobs.id, jobId), inArray(jobs.status, JOB_TRANSITIONS.fail.from), isMine));
}
