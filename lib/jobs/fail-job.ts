import { eq } from 'drizzle-orm';
import { db } from '@/db/client';
import { jobs } from '@/db/schema';
import type { ErrorCode } from '@/lib/errors';
import { lockJob, type Transaction } from './lock-job';
import type { JobRow } from './present-job';
import { settleRun } from './settle-run';
import { canTransition } from './status';

/**
 * → failed with a reason, and charged for what was used; a job that has ended keeps its end. A run can fail only the job
 * that is its own: one that nobody has started yet is started again by the sweep.
 */
export async function failJob(jobId: string, code: ErrorCode, detail: string, runId?: string): Promise<void> {
  await db().transaction(async (tx) => {
    const job = await lockJob(tx, jobId);
    if (!job || !canTransition(job.status, 'fail') || !mayFail(job, runId)) return;
    await endAsFailed(tx, job, code, detail);
  });
}

/** The same for a job whose row is held and that may fail. */
export async function endAsFailed(tx: Transaction, job: JobRow, errorCode: ErrorCode, errorDetail: string) {
  const ended = { completedAt: new Date(), ...(await settleRun(tx, job)) };
  await tx
    .update(jobs)
    .set({ status: 'failed', step: 'failed', errorCode, errorDetail, ...ended })
    .where(eq(jobs.id, job.id));
}

const mayFail = (job: JobRow, runId: string | undefined): boolean => runId === undefined || job.runId === runId;
