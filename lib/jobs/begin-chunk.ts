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
    // One message to the database: the job, which all its chunks wait for, is held no longer than that.
    const [[chunk], open] = await Promise.all([
      tx
        .update(chunks)
        .set({ status: 'processing', attempts: sql`${chunks.attempts} + 1` })
        .where(and(eq(chunks.jobId, jobId), eq(chunks.index, index), inArray(chunks.status, ['pending', 'processing'])))
        .returning(),
      tx
        .select()
        .from(sentences)
        .where(and(eq(sentences.jobId, jobId), eq(sentences.chunkIndex, index), eq(sentences.status, 'pending')))
        .orderBy(asc(sentences.position)),
      // An empty change that lets watchers see the chunk begin.
      tx.update(jobs).set({ step: 'rewriting' }).where(eq(jobs.id, jobId)),
    ]);
    return chunk && { job, chunk, open };
  });
}
