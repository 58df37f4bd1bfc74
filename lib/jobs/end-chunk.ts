import { and, eq, sql } from 'drizzle-orm';
import { db } from '@/db/client';
import { chunks, jobs } from '@/db/schema';
import { lockJob } from './lock-job';
import { isRunOf } from './start-job';

/**
 * processing → done, once. Only by the run that has the job: what another believes to be settled may have been given up
 * and opened again meanwhile.
 */
export async function endChunk(jobId: string, index: number, runId?: string): Promise<boolean> {
  return db().transaction(async (tx) => {
    const job = await lockJob(tx, jobId);
    if (!isRunOf(job, runId)) return false;
    const [done] = await tx
      .update(chunks)
      .set({ status: 'done' })
      .where(and(eq(chunks.jobId, jobId), eq(chunks.index, index), eq(chunks.status, 'processing')))
      .returning({ index: chunks.index });
    if (!done) return false;
    await tx
      .update(jobs)
      .set({ processedChunks: sql`${jobs.processedChunks} + 1` })
      .where(eq(jobs.id, jobId));
    return true;
  });
}
