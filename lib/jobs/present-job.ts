import type { chunks, jobs, novels, sentences } from '@/db/schema';
import { ERRORS, isErrorCode } from '@/lib/errors';
import { toSettings } from './chosen-settings';
import { type Chunk, type FailedChunk, type Job, type SentencePair, STORED_FLAGS } from './schema';
import { isTerminal, MAX_RETRIES } from './status';

export type JobRow = typeof jobs.$inferSelect;
export type NovelRow = typeof novels.$inferSelect;
export type ChunkRow = typeof chunks.$inferSelect;
export type SentenceRow = typeof sentences.$inferSelect;

/** Reading the novel is worth this share of the bar; the rewriting of its sentences all the rest. */
const READING_PERCENT = 5;

const seconds = (from: Date | null, to: Date | null) =>
  from && to ? Math.max(0, Math.round((to.getTime() - from.getTime()) / 100) / 10) : 0;

const settled = (job: JobRow) =>
  job.sentencesKept + job.sentencesRewritten + job.sentencesSkipped + job.sentencesFailed;

/** Settled share of the work: a function of counters that only grow, so it never falls; 100 only at the end. */
function progressPercent(job: JobRow): number {
  if (job.status === 'completed') return 100;
  if (job.sentencesTotal === 0) return 0;
  const share = settled(job) / job.sentencesTotal;
  return Math.min(99, Math.floor(READING_PERCENT + share * (100 - READING_PERCENT)));
}

function stepText(job: JobRow): string {
  const settledChunks = job.processedChunks + job.failedChunks;
  switch (job.step) {
    case 'queued':
      return 'Waiting to start';
    case 'reading':
      return 'Reading the novel';
    case 'rewriting':
      return `Processing chunk ${Math.min(settledChunks + 1, job.totalChunks)}/${job.totalChunks}`;
    case 'completed':
      return job.partial ? 'Done, with gaps' : 'Done';
    case 'failed':
      return 'Failed';
    case 'cancelled':
      return 'Stopped';
  }
}

const pageRange = (chunk: ChunkRow) =>
  chunk.pageStart === chunk.pageEnd ? `${chunk.pageStart}` : `${chunk.pageStart}–${chunk.pageEnd}`;

export const toFailedChunk = (chunk: ChunkRow): FailedChunk => ({
  chunk: chunk.index,
  pages: pageRange(chunk),
  code: chunk.errorCode ?? 'INTERNAL',
  retryable: !chunk.errorCode || !isErrorCode(chunk.errorCode) || ERRORS[chunk.errorCode].retryable,
  attempts: chunk.attempts,
});

export const taskId = (job: Pick<JobRow, 'id' | 'retryCount'>) => `${job.id}-${job.retryCount}`;

export function toJob(job: JobRow, novel: NovelRow, failed: ChunkRow[]): Job {
  const self = `/api/v1/jobs/${job.id}`;
  const end = job.completedAt ?? new Date();
  return {
    id: job.id,
    status: job.status,
    progress_percent: progressPercent(job),
    current_step: { code: job.step, text: stepText(job) },
    total_chunks: job.totalChunks,
    processed_chunks: job.processedChunks,
    failed_chunks: failed.map(toFailedChunk),
    retry_count: job.retryCount,
    max_retries: MAX_RETRIES,
    is_cancelled: job.status === 'cancelled',
    cancelled_at: job.cancelledAt?.toISOString() ?? null,
    cancelled_by: job.cancelledBy,
    task_id: taskId(job),
    engine: job.engine,
    gemini_model: job.geminiModel,
    sentence_length_limit: job.maxWords,
    settings: toSettings(job),
    gemini_api_calls: job.modelCalls,
    gemini_tokens_used: job.modelTokens,
    processing_time_seconds: seconds(job.startedAt, isTerminal(job.status) ? job.completedAt : end),
    queue_seconds: seconds(job.queuedAt, job.startedAt ?? end),
    sentences: {
      total: job.sentencesTotal,
      done: settled(job) - job.sentencesFailed,
      kept: job.sentencesKept,
      rewritten: job.sentencesRewritten,
      skipped: job.sentencesSkipped,
      failed: job.sentencesFailed,
      // Until it has been read, the column says what is expected.
      cached: job.sentencesTotal > 0 ? job.sentencesCached : 0,
    },
    pages: novel.pages,
    novel: { name: novel.name, sha256: novel.sha256 },
    estimated_credits: job.estimatedCredits,
    reserved_credits: job.reservedCredits,
    actual_credits: job.actualCredits,
    partial: job.partial,
    error: job.errorCode ? { code: job.errorCode, detail: job.errorDetail ?? '' } : null,
    created_at: job.createdAt.toISOString(),
    started_at: job.startedAt?.toISOString() ?? null,
    completed_at: job.completedAt?.toISOString() ?? null,
    links: {
      self,
      events: `${self}/events`,
      sentences: `${self}/sentences`,
      chunks: `${self}/chunks`,
      report: `${self}/report`,
      export: `${self}/export`,
      ...(isTerminal(job.status) ? {} : { cancel: `${self}/cancel` }),
    },
  };
}

export const toChunk = (chunk: ChunkRow, method: Chunk['method']): Chunk => ({
  index: chunk.index,
  page_start: chunk.pageStart,
  page_end: chunk.pageEnd,
  status: chunk.status,
  attempts: chunk.attempts,
  sentences: chunk.sentences,
  method,
  tokens: chunk.modelTokens,
  error: chunk.errorCode ? { code: chunk.errorCode, detail: chunk.errorDetail ?? '' } : null,
});

const isAsWritten = (row: SentenceRow) => row.status === 'kept' || row.status === 'skipped';

export const toSentence = (row: SentenceRow): SentencePair => ({
  position: row.position,
  chunk: row.chunkIndex,
  page_start: row.pageStart,
  page_end: row.pageEnd,
  paragraph: row.paragraph,
  kind: row.kind,
  original: row.original,
  rewrites: isAsWritten(row) ? [row.original] : row.rewrites,
  status: row.status,
  method: row.method,
  skip_reason: row.skipReason,
  flags: STORED_FLAGS.filter((flag) => row.flags.includes(flag)),
  locked: row.locked,
});
