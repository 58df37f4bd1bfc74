import { and, asc, eq, inArray, ne } from 'drizzle-orm';
import { db } from '@/db/client';
import { chunks, jobs, novels, sentences } from '@/db/schema';
import { reserveCredits } from '@/lib/credits/ledger';
import { AppError } from '@/lib/errors';
import { nameJob } from '@/lib/idempotency/under-key';
import { withFile } from '@/lib/storage/store';
import { type ChosenSettings, pickSettings, requireEngine } from './chosen-settings';
import { estimateCost } from './create-job';
import { estimateRun, type RunEstimate } from './estimate-run';
import { type JobStart, startOf } from './job-start';
import { lockJob, type Transaction } from './lock-job';
import type { JobRow } from './present-job';
import { reopenSentences } from './reopen-sentences';
import type { RetryRequest } from './schema';
import { canTransition, JOB_TRANSITIONS, MAX_RETRIES } from './status';
import { takeOverOpen } from './take-over-open';

/**
 * An ended job → pending, for what is not done: the failed chunks (or those named) and any that a stop left open.
 * What is done stays, the readers' edits with it, and is not asked for again, nor what another of their jobs has done
 * since. It may be done with other settings. Throws JOB_STATE_CONFLICT when the job still runs, has nothing left to do, or
 * was tried again as often as is allowed; the new run reserves its credits as the first did.
 */
export async function retryJob(userId: string, jobId: string, request: RetryRequest): Promise<JobStart> {
  const unread = await estimateUnread(userId, jobId, request);
  return db().transaction(async (tx) => {
    const job = await lockJob(tx, jobId);
    if (job?.userId !== userId) throw new AppError('NOT_FOUND', 'There is no such job.');
    if (!canTransition(job.status, 'retry')) throw new AppError('JOB_STATE_CONFLICT', 'The job is still running.');
    if (job.retryCount >= MAX_RETRIES) throw new AppError('JOB_STATE_CONFLICT', TRIED_ENOUGH);
    const settings = settingsOf(job, request);
    requireEngine(settings.engine);
    const wanted = await reopenChunks(tx, job, request.chunks);
    await requireFile(tx, job);
    const counters = await reopenSentences(tx, job, wanted.open, settings);
    const cached = job.sentencesTotal > 0 ? await takeOverOpen(tx, job, settings) : 0;
    const estimate = job.sentencesTotal > 0 ? await estimateOpen(tx, job, settings) : unread;
    if (!estimate) throw new AppError('JOB_STATE_CONFLICT', 'The job has changed meanwhile.');
    const run = job.retryCount + 1;
    await reserveCredits(tx, { userId, jobId, run }, estimate.credits);
    await tx
      .update(jobs)
      .set({
        status: JOB_TRANSITIONS.retry.to,
        step: 'queued',
        ...pickSettings(settings),
        ...counters,
        sentencesRewritten: job.sentencesRewritten + cached,
        retryCount: run,
        estimatedTokens: job.estimatedTokens + estimate.tokens,
        estimatedCredits: job.estimatedCredits + estimate.credits,
        reservedCredits: job.reservedCredits + estimate.credits,
        sentencesCached: estimate.cached + cached,
        settingsChanged: job.settingsChanged || (job.sentencesTotal > 0 && hasChanged(job, settings)),
        tokensBeforeRun: job.modelTokens,
        runId: null,
        waitsUntil: null,
        failedChunks: job.failedChunks - wanted.failed.length,
        partial: false,
        errorCode: null,
        errorDetail: null,
        cancelledAt: null,
        cancelledBy: null,
        completedAt: null,
        queuedAt: new Date(),
        startedAt: null,
        idleSince: null,
        idleMs: 0,
      })
      .where(eq(jobs.id, jobId));
    await nameJob(tx, jobId);
    return startOf(tx, jobId);
  });
}

const TRIED_ENOUGH = `The job was tried again ${MAX_RETRIES} times, as often as is allowed. Upload the novel anew.`;

const settingsOf = (job: JobRow, request: RetryRequest): ChosenSettings => ({
  ...pickSettings(job),
  engine: request.engine ?? job.engine,
  geminiModel: request.gemini_model ?? job.geminiModel,
  maxWords: request.sentence_length_limit ?? job.maxWords,
  minWords: request.min_sentence_length ?? job.minWords,
  ignoreDialogue: request.ignore_dialogue ?? job.ignoreDialogue,
});

/** In what a rewrite depends on. */
const hasChanged = (job: JobRow, { geminiModel, maxWords, minWords }: ChosenSettings) =>
  geminiModel !== job.geminiModel || maxWords !== job.maxWords || minWords !== job.minWords;

/** A job that ended before its novel was read is priced from its file, before its row is held. */
async function estimateUnread(userId: string, jobId: string, request: RetryRequest): Promise<RunEstimate | undefined> {
  const [row] = await db()
    .select({ job: jobs, novel: novels })
    .from(jobs)
    .innerJoin(novels, eq(novels.id, jobs.novelId))
    .where(and(eq(jobs.id, jobId), eq(jobs.userId, userId), eq(jobs.sentencesTotal, 0)));
  if (!row?.novel.storageKey || !canTransition(row.job.status, 'retry')) return undefined;
  const { job, novel } = row;
  return withFile(row.novel.storageKey, (path) =>
    estimateCost(path, novel.pages, settingsOf(job, request), { owner: { userId, sha256: novel.sha256 } }),
  );
}

const OPEN = ['pending', 'processing'] as const;

async function estimateOpen(tx: Transaction, job: JobRow, settings: ChosenSettings) {
  const open = await tx
    .select({
      position: sentences.position,
      kind: sentences.kind,
      text: sentences.original,
      chunk: sentences.chunkIndex,
    })
    .from(sentences)
    .innerJoin(chunks, and(eq(chunks.jobId, sentences.jobId), eq(chunks.index, sentences.chunkIndex)))
    .where(and(eq(sentences.jobId, job.id), eq(sentences.status, 'pending'), inArray(chunks.status, OPEN)))
    .orderBy(asc(sentences.position));
  return { ...estimateRun(open, job.totalChunks, settings), cached: job.sentencesCached };
}

interface Reopened {
  /** Chunks that the run is to do. */
  open: number[];
  /** Those of them that were counted as failed. */
  failed: number[];
}

async function reopenChunks(tx: Transaction, job: JobRow, only: number[] | undefined): Promise<Reopened> {
  const open = await tx
    .select()
    .from(chunks)
    .where(and(eq(chunks.jobId, job.id), ne(chunks.status, 'done')));
  const chosen = only ? open.filter(({ index }) => only.includes(index)) : open;
  const unknown = only?.filter((index) => !chosen.some((chunk) => chunk.index === index)) ?? [];
  if (unknown.length > 0) {
    throw new AppError('JOB_STATE_CONFLICT', `Nothing is left to do in chunk ${unknown.join(', ')}.`);
  }
  if (chosen.length === 0) {
    if (job.status === 'completed') throw new AppError('JOB_STATE_CONFLICT', 'Every chunk of the job is done.');
    // It was stopped between its last chunk and its end: only the end is left to do.
    return { open: [], failed: [] };
  }
  const indexes = chosen.map(({ index }) => index);
  await tx
    .update(chunks)
    .set({ status: 'pending', errorCode: null, errorDetail: null })
    .where(and(eq(chunks.jobId, job.id), inArray(chunks.index, indexes)));
  return {
    open: open.filter(({ status, index }) => status !== 'failed' || indexes.includes(index)).map(({ index }) => index),
    failed: chosen.filter(({ status }) => status === 'failed').map(({ index }) => index),
  };
}

/** Sentences stored already need no file; a job that ended before it was read does. */
async function requireFile(tx: Transaction, job: JobRow) {
  if (job.sentencesTotal > 0) return;
  const [novel] = await tx
    .select({ key: novels.storageKey })
    .from(novels)
    .where(eq(novels.id, job.novelId))
    .for('share');
  if (!novel?.key) throw new AppError('FILE_EXPIRED', 'The uploaded file is no longer kept. Upload it again.');
}
