import { and, eq, inArray, sql } from 'drizzle-orm';
import { db } from '@/db/client';
import { chunks, jobs, sentences } from '@/db/schema';
import type { ErrorCode } from '@/lib/errors';
import { lockJob } from './lock-job';
import { isRunOf } from './start-job';

/** Gives a chunk up: what is done in it stays, what is open is counted as failed, and the gap is named. Answers whether it was open. */
export async function failChunk(
  jobId: string,
  index: number,
  code: ErrorCode,
  detail: string,
  runId?: string,
): Promise<boolean> {
  return db().transaction(async (tx) => {
    const job = await lockJob(tx, jobId);
    if (!isRunOf(job, runId)) return false;
    const [failed] = await tx
      .update(chunks)
      .set({ status: 'failed', errorCode: code, errorDetail: detail })
      .where(and(eq(chunks.jobId, jobId), eq(chunks.index, index), inArray(chunks.status, ['pending', 'processing'])))
      .returning({ index: chunks.index });
    if (!failed) return false;
    const lost = await tx
      .update(sentences)
      .set({ status: 'failed' })
      .where(and(eq(sentences.jobId, jobId), eq(sentences.chunkIndex, index), eq(sentences.status, 'pending')))
      .returning({ position: sentences.position });
    await tx
      .update(jobs)
      .set({
        failedChunks: sql`${jobs.failedChunks} + 1`,
        sentencesFailed: sql`${jobs.sentencesFailed} + ${lost.length}`,
      })
      .where(eq(jobs.id, jobId));
    return true;
  });
}
