import { env } from '@/lib/env';
import { AppError, type ErrorCode, isAppError } from '@/lib/errors';
import { isPassing } from '@/lib/failures';
import { log, withLogFacts } from '@/lib/log';
import type { RewriteEngine, RewriteSettings } from '@/lib/rewrite/engine';
import { rewriteEngine } from '@/lib/rewrite/rewrite-engine';
import { type BegunChunk, beginChunk } from './begin-chunk';
import { endChunk } from './end-chunk';
import { failChunk } from './fail-chunk';
import { failJobOnError } from './fail-job-on-error';
import { inLane } from './in-lane';
import { mayCallModel } from './may-call-model';
import { expectPause } from './requeue-stalled-jobs';
import { settleLast, settleSentences } from './settle-sentences';
import { sharedWork } from './shared-work';
import { readAlone } from './split-job';
import { isRunning } from './start-job';
import { rowsAhead, storedAhead } from './store-sentences';
import { watchEnd } from './watch-end';
import { workAlone } from './work-alone';

/** Four calls that each take as long as they may. Then the chunk begins anew with what it has not yet. */
const CHUNK_TIMEOUT_MS = 16 * 60_000;

interface ChunkOptions {
  isLastAttempt: boolean;
  /** The run that asks; it stops when the job goes to another. */
  runId?: string;
  timeoutMs?: number;
  /** Default: the job's. */
  engine?: RewriteEngine;
}

export interface ChunkReceipt {
  chunk: number;
  outcome: 'done' | 'failed' | 'stopped';
  sentences: number;
}

const underWay = sharedWork<ChunkReceipt>();

/**
 * Rewrites what is still open in one chunk. A retry asks only for what is missing, since results are stored as they come.
 * Stops (without an error) when the job has ended meanwhile. A failure that can pass is thrown for the step engine to try
 * again; one that cannot, or the last, fails the chunk and not the job. Nothing begins after the job's soft time limit.
 */
export function processChunk(jobId: string, index: number, options: ChunkOptions): Promise<ChunkReceipt> {
  // An engine that died asks again, for the same run, for what still goes on: one answer for both, paid once. Here the
  // promise is shared; another run, or process, waits for its turn, and finds what is left then.
  const attempt = () => withLogFacts({ jobId, chunk: index }, () => attemptAlone(jobId, index, options));
  return options.runId === undefined ? attempt() : underWay.join(`${options.runId} ${jobId} ${index}`, attempt);
}

async function attemptAlone(jobId: string, index: number, options: ChunkOptions): Promise<ChunkReceipt> {
  const { runId } = options;
  const isWanted = () => isRunning(jobId, runId);
  const attempt = () => attemptChunk(jobId, index, options);
  const receipt = await workAlone(`chunk ${jobId} ${index}`, isWanted, async () => {
    const attempted = await attempt();
    if (attempted !== 'unread') return attempted;
    await storeNovel(jobId, options);
    return attempt();
  });
  return receipt && receipt !== 'unread' ? receipt : { chunk: index, outcome: 'stopped', sentences: 0 };
}

/**
 * Has the novel stored: it is just being, or was when the chunks were named and came to nothing, or is by another process.
 * Without it there is no chunk: what fails here fails the job.
 */
async function storeNovel(jobId: string, { isLastAttempt, runId }: ChunkOptions): Promise<void> {
  await storedAhead(jobId);
  await failJobOnError(jobId, isLastAttempt, () => readAlone(jobId, runId), runId);
}

async function attemptChunk(jobId: string, index: number, options: ChunkOptions): Promise<ChunkReceipt | 'unread'> {
  const { isLastAttempt, runId } = options;
  const fail = async (code: ErrorCode, detail: string): Promise<ChunkReceipt> => {
    // What is given up must be there, to be counted.
    await storeNovel(jobId, options);
    const outcome = await failChunk(jobId, index, code, detail, runId);
    return { chunk: index, outcome: outcome ?? 'stopped', sentences: 0 };
  };
  try {
    const receipt = await rewriteChunk(jobId, index, options);
    if (receipt === 'unread') return receipt;
    if (receipt === 'late') return await fail('JOB_TIMED_OUT', 'The job had no time left for this part.');
    log.info({ outcome: receipt.outcome, sentences: receipt.sentences }, 'chunk');
    return receipt;
  } catch (error) {
    const known = isAppError(error) ? error : new AppError('INTERNAL', undefined, { cause: error });
    if (isPassing(known) && !isLastAttempt && (await comesAgainInTime(jobId, runId, known))) throw error;
    log.warn({ err: known }, 'a chunk failed');
    return fail(known.code, known.message);
  }
}

async function rewriteChunk(
  jobId: string,
  index: number,
  options: ChunkOptions,
): Promise<ChunkReceipt | 'late' | 'unread'> {
  const { runId } = options;
  const begun = await beginChunk(jobId, index, runId, rowsAhead(jobId));
  if (begun === 'late' || begun === 'unread') return begun;
  if (!begun) return { chunk: index, outcome: 'stopped', sentences: 0 };
  const { open, isStored } = begun;
  const storing = isStored ? Promise.resolve() : storeNovel(jobId, options);
  // Awaited before anything is settled; the model writes meanwhile.
  storing.catch(() => undefined);
  if (open.length === 0) await storing;
  const isDone = open.length > 0 ? await rewriteOpen(begun, storing, options) : await endChunk(jobId, index, runId);
  // Had it to be read again, an earlier job may have had less by then, and the chunk has more to do.
  if (!isDone && !isStored && (await isRunning(jobId, runId))) return 'unread';
  return { chunk: index, outcome: isDone ? 'done' : 'stopped', sentences: isDone ? open.length : 0 };
}

async function comesAgainInTime(
  jobId: string,
  runId: string | undefined,
  { retryAfterMs }: AppError,
): Promise<boolean> {
  if (retryAfterMs === undefined) return true;
  try {
    return await expectPause(jobId, runId, retryAfterMs);
  } catch (error) {
    // What the chunk failed of is what the engine must hear.
    log.warn({ err: error }, 'the sweep may take a waiting run for a lost one');
    return true;
  }
}

/** Ends the chunk with the last of its sentences. Answers whether it did: false when the job ended before. */
async function rewriteOpen(
  { job, chunk, open, before, after }: BegunChunk,
  storing: Promise<void>,
  { timeoutMs = CHUNK_TIMEOUT_MS, engine = rewriteEngine(job.engine) }: ChunkOptions,
): Promise<boolean> {
  const runId = job.runId ?? undefined;
  const part = { jobId: job.id, index: chunk.index, run: job.retryCount };
  const { abort, stop } = await watchEnd(job.id, runId);
  const cancel = () => abort.abort(new AppError('CANCELLED'));
  const tooLong = new AppError('MODEL_TIMEOUT', 'The model took too long over this part.');
  const limit = setTimeout(() => abort.abort(tooLong), timeoutMs);
  const settings: RewriteSettings = { maxWords: job.maxWords, minWords: job.minWords, geminiModel: job.geminiModel };
  let left = open.length;
  let isDone = false;
  try {
    const rewrite = () =>
      engine.rewrite(
        { sentences: open, before, after, settings },
        {
          signal: abort.signal,
          beforeCall: async () => {
            if (!(await mayCallModel(job.id, runId))) cancel();
            abort.signal.throwIfAborted();
          },
          onSettled: async (rewrites, usage) => {
            // What is paid counts, even if it has no place.
            await storing.catch(async (error: unknown) => {
              await settleSentences(part, [], usage);
              throw error;
            });
            left -= rewrites.length;
            if (left === 0) isDone = await settleLast(part, rewrites, usage, runId);
            else if (!(await settleSentences(part, rewrites, usage))) cancel();
          },
        },
      );
    await (job.engine === 'gemini' ? inLane(env().MODEL_CONCURRENCY, abort.signal, rewrite) : rewrite());
    return isDone;
  } catch (error) {
    if (!abort.signal.aborted) throw error;
    // The engine says CANCELLED whatever we aborted it for; only the reason tells a stopped job from a lost database.
    if (isAppError(abort.signal.reason, 'CANCELLED')) return false;
    throw abort.signal.reason;
  } finally {
    clearTimeout(limit);
    stop();
  }
}
