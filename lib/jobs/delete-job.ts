import { and, eq } from 'drizzle-orm';
import { db } from '@/db/client';
import { jobs, novels, quotes } from '@/db/schema';
import { AppError } from '@/lib/errors';
import { removeFile } from '@/lib/storage/store';
import { holdQuotes } from './hold-quotes';
import { settleRun } from './settle-run';

/** File, text and chunks are gone; what a running job has used until now is charged, and it stops when it finds no row. */
export async function deleteJob(userId: string, jobId: string): Promise<void> {
  if (!(await removeJob(userId, jobId))) throw new AppError('NOT_FOUND', 'There is no such job.');
}

/** Answers whether there was such a job. */
export async function removeJob(userId: string, jobId: string): Promise<boolean> {
  const removed = await db().transaction(async (tx) => {
    const [job] = await tx
      .delete(jobs)
      .where(and(eq(jobs.id, jobId), eq(jobs.userId, userId)))
      .returning();
    if (!job) return undefined;
    await settleRun(tx, job);
    await holdQuotes(tx, eq(quotes.novelId, job.novelId));
    const [novel] = await tx.select().from(novels).where(eq(novels.id, job.novelId)).for('update');
    const [other] = await tx.select({ id: jobs.id }).from(jobs).where(eq(jobs.novelId, job.novelId)).limit(1);
    if (other) return { storageKey: null };
    await tx.delete(novels).where(eq(novels.id, job.novelId));
    return { storageKey: novel?.storageKey ?? null };
  });
  // After the commit: a file without a row is swept, a row without its file would be a broken promise.
  if (removed?.storageKey) await removeFile(removed.storageKey);
  return removed !== undefined;
}
