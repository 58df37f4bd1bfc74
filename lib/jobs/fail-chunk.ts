import { and, eq, inArray, sql } from 'drizzle-orm';
import { db } from '@/db/client';
import { chunks, jobs, sentences } from '@/db/schema';
import type { ErrorCode } from '@/lib/errors';
import { lockJob } from './lock-job';
import { isRunOf } from './start-job';
import { idleWithout } from './time-limits';

/**
 * Gives a chunk up: what is done in it stays, what is open is counted as failed, and the gap is named. One with nothing
 * open is no gap, but done. Answers what became of it; undefined when it had ended before, or is not this run's.
 */
export async function failChunk(
  jobId: string,
  index: number,
  code: ErrorCode,
  detail: string,
  runId?: string,
): Promise<'failed' | 'done' | undefined> {
  return db().transaction(async (tx) => {
    const job = await lockJob(tx, jobId);
    if (!isRunOf(job, runId)) return undefined;
    const isOpen = and(
      eq(chunks.jobId, jobId),
      eq(chunks.index, index),
      inArray(chunks.status, ['pending', 'processing']),
    );
    const [chunk] = await tx.select({ index: chunks.index }).from(chunks).where(isOpen);
    if (!chunk) return undefined;
    const lost = await tx
      .update(sentences)
      .set({ status: 'failed' })
      .where(and(eq(sentences.jobId, jobId), eq(sentences.chunkIndex, index), eq(sentences.status, 'pending')))
      .returning({ position: sentences.position });
    // Before the novel is stored, nobody knows what is open in it.
    const isGap = lost.length > 0 || job?.sentencesTotal === 0;
    await tx
      .update(chunks)
      .set(isGap ? { status: 'failed', errorCode: code, errorDetail: detail } : { status: 'done' })
      .where(isOpen);
    await tx
      .update(jobs)
      .set({
        ...(isGap
          ? { failedChunks: sql`${jobs.failedChunks} + 1` }
          : { processedChunks: sql`${jobs.processedChunks} + 1` }),
        sentencesFailed: sql`${jobs.sentencesFailed} + ${lost.length}`,
        idleSince: idleWithout(jobId, index),
      })
      .where(eq(jobs.id, jobId));
    return isGap ? 'failed' : 'done';
  });
}
