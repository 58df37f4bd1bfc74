import { and, asc, eq, sql } from 'drizzle-orm';
import { db } from '@/db/client';
import { chunks, jobs } from '@/db/schema';
import { AppError } from '@/lib/errors';
import { lockJob, type Transaction } from './lock-job';
import type { JobRow } from './present-job';
import { settleRun } from './settle-run';
import { isRunOf } from './start-job';
import type { JobStatus } from './status';

/**
 * processing → completed, or failed when every chunk failed. Counts the sentences anew and completes only if
 * total = kept + rewritten + failed + skipped, each equals the job's counter and no chunk is open; otherwise throws
 * ACCOUNTING_MISMATCH. A run that has lost the job to another finishes nothing.
 */
export async function finishJob(jobId: string, runId?: string): Promise<{ status: JobStatus | 'deleted' }> {
  return db().transaction(async (tx) => {
    const job = await lockJob(tx, jobId);
    if (!job) return { status: 'deleted' };
    if (!isRunOf(job, runId)) return { status: job.status };
    await checkAccounting(tx, job);
    const [failed] = await tx
      .select()
      .from(chunks)
      .where(and(eq(chunks.jobId, jobId), eq(chunks.status, 'failed')))
      .orderBy(asc(chunks.index))
      .limit(1);
    const ended = { completedAt: new Date(), ...(await settleRun(tx, job)) };
    if (failed && job.failedChunks === job.totalChunks) {
      const { errorCode, errorDetail } = failed;
      await tx
        .update(jobs)
        .set({ status: 'failed', step: 'failed', errorCode, errorDetail, ...ended })
        .where(eq(jobs.id, jobId));
      return { status: 'failed' };
    }
    await tx
      .update(jobs)
      .set({ status: 'completed', step: 'completed', partial: failed !== undefined, ...ended })
      .where(eq(jobs.id, jobId));
    return { status: 'completed' };
  });
}

async function checkAccounting(tx: Transaction, job: JobRow) {
  const counted: { status: string; n: number }[] = await tx.execute(sql`
    select status, count(*)::int as n from sentences where job_id = ${job.id} group by status`);
  const found = Object.fromEntries(counted.map(({ status, n }) => [status, n]));
  const expected = {
    kept: job.sentencesKept,
    rewritten: job.sentencesRewritten,
    skipped: job.sentencesSkipped,
    failed: job.sentencesFailed,
    pending: 0,
  };
  const wrong = Object.entries(expected).filter(([status, n]) => (found[status] ?? 0) !== n);
  const total = Object.values(expected).reduce((sum, n) => sum + n, 0);
  const openChunks = job.totalChunks - job.processedChunks - job.failedChunks;
  if (wrong.length > 0 || total !== job.sentencesTotal || openChunks !== 0) {
    const counts = { found, expected, total: job.sentencesTotal, openChunks };
    const cause = new Error(`the accounts do not add up: ${JSON.stringify(counts)}`);
    throw new AppError('ACCOUNTING_MISMATCH', undefined, { cause });
  }
}
