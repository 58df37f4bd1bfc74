import { and, asc, eq, exists, inArray, sql } from 'drizzle-orm';
import { db } from '@/db/client';
import { chunks, jobs, sentences } from '@/db/schema';
import { isRunOf } from './start-job';
import { isPastSoftLimit } from './time-limits';

/**
 * Counts an attempt and gives what is still open in the chunk; undefined when there is nothing to do for this run, `late`
 * past the job's soft time limit, when nothing is begun any more.
 */
export async function beginChunk(jobId: string, index: number, runId?: string) {
  return db().transaction(async (tx) => {
    const mayBegin = and(
      eq(jobs.id, jobId),
      eq(jobs.status, 'processing'),
      runId === undefined ? undefined : eq(jobs.runId, runId),
      sql`${isPastSoftLimit()} is not true`,
    );
    // One message to the database: the job, which all its chunks wait for, is held no longer than that.
    const [[held], [chunk], open] = await Promise.all([
      tx.select({ job: jobs, isLate: isPastSoftLimit() }).from(jobs).where(eq(jobs.id, jobId)).for('no key update'),
      tx
        .update(chunks)
        .set({ status: 'processing', attempts: sql`${chunks.attempts} + 1` })
        .where(
          and(
            eq(chunks.jobId, jobId),
            eq(chunks.index, index),
            inArray(chunks.status, ['pending', 'processing']),
            exists(tx.select({ id: jobs.id }).from(jobs).where(mayBegin)),
          ),
        )
        .returning(),
      tx
        .select({ position: sentences.position, kind: sentences.kind, text: sentences.original })
        .from(sentences)
        .where(and(eq(sentences.jobId, jobId), eq(sentences.chunkIndex, index), eq(sentences.status, 'pending')))
        .orderBy(asc(sentences.position)),
      // An empty change that lets watchers see the chunk begin.
      tx.update(jobs).set({ step: 'rewriting' }).where(mayBegin),
    ]);
    if (!held || !isRunOf(held.job, runId)) return undefined;
    if (held.isLate) return 'late';
    return chunk && { job: held.job, chunk, open };
  });
}
