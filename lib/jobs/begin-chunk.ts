import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import { db } from '@/db/client';
import { chunks, jobs, sentences } from '@/db/schema';
import { lockJob } from './lock-job';
import { isRunOf } from './start-job';

/** Counts an attempt and gives what is still open in the chunk; undefined when there is nothing to do for this run. */
export async function beginChunk(jobId: string, index: number, runId?: string) {
  return db().transaction(async (tx) => {
    const job = await lockJob(tx, jobId);
    if (!job || !isRunOf(job, runId)) return undefined;
    const [chunk] = await tx
      .update(chunks)
      .set({ status: 'processing', attempts: sql`${chunks.attempts} + 1` })
      .where(and(eq(chunks.jobId, jobId), eq(chunks.index, index), inArray(chunks.status, ['pending', 'processing'])))
      .returning();
    if (!chunk) return undefined;
    // An empty change that lets watchers see the chunk begin.
    await tx.update(jobs).set({ step: 'rewriting' }).where(eq(jobs.id, jobId));
    const open = await tx
      .select()
      .from(sentences)
      .where(and(eq(sentences.jobId, jobId), eq(sentences.chunkIndex, index), eq(sentences.status, 'pending')))
      .orderBy(asc(sentences.position));
    return { job, chunk, open };
  });
}
