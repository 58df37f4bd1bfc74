import { eq } from 'drizzle-orm';
import { db } from '@/db/client';
import { persist } from '@/db/persist';
import { chunks, jobs, novels } from '@/db/schema';
import { AppError, isAppError } from '@/lib/errors';
import { readNovel } from '@/lib/pdf/read-novel';
import { expectGrammar } from '@/lib/rewrite/offline/grammar-processes';
import { withFile } from '@/lib/storage/store';
import { findCached } from './find-cached';
import { lockJob } from './lock-job';
import type { JobRow, NovelRow } from './present-job';
import { requirePriced } from './require-priced';
import { openRows, toRows } from './sentence-rows';
import { sharedWork } from './shared-work';
import { isRunning, isRunOf } from './start-job';
import { rowsAhead, splitName, storeSentences } from './store-sentences';
import { nowIdle } from './time-limits';
import { watchEnd } from './watch-end';
import { workAlone } from './work-alone';

export interface SplitReceipt {
  /** False when the job ended meanwhile, or belongs to another run. */
  isRunning: boolean;
  /** Chunks with work left. */
  chunks: number[];
}

/** Reads and stores the novel, unless it is just being stored here: its chunks see to that themselves. */
export async function splitJob(jobId: string, runId?: string): Promise<SplitReceipt> {
  if (!rowsAhead(jobId)) await readAlone(jobId, runId);
  return db().transaction(async (tx) => {
    const now = await lockJob(tx, jobId);
    const open = await tx.select().from(chunks).where(eq(chunks.jobId, jobId)).orderBy(chunks.index);
    const isMine = isRunOf(now, runId);
    const isAtWork = open.some(({ status }) => status === 'processing');
    if (isMine && now?.idleSince === null && !isAtWork) await tx.update(jobs).set(nowIdle).where(eq(jobs.id, jobId));
    return {
      isRunning: isMine,
      chunks: open.filter(({ status }) => status === 'pending' || status === 'processing').map(({ index }) => index),
    };
  });
}

const underWay = sharedWork<void>();

/**
 * Reads the novel and stores its sentences, each in the chunk of the page on which it starts. Done twice it does nothing.
 * The reading is given up, and its process killed, when the job ends or goes to another run.
 */
export function readAlone(jobId: string, runId?: string): Promise<void> {
  // Other processes are kept out by a lock; here all wait for the same.
  return underWay.join(`${runId} ${jobId}`, () => readOnce(jobId, runId));
}

async function readOnce(jobId: string, runId: string | undefined): Promise<void> {
  const isWanted = () => isRunning(jobId, runId);
  await workAlone(splitName(jobId), isWanted, async () => {
    const { job, novel } = await findSource(jobId);
    if (job.sentencesTotal === 0 && isRunOf(job, runId)) await readAndStore(job, novel, runId);
  });
}

async function findSource(jobId: string) {
  const [row] = await db()
    .select({ job: jobs, novel: novels })
    .from(jobs)
    .innerJoin(novels, eq(novels.id, jobs.novelId))
    .where(eq(jobs.id, jobId));
  if (!row) throw new AppError('NOT_FOUND', 'The job is gone.');
  return row;
}

async function readAndStore(job: JobRow, { storageKey, sha256 }: NovelRow, runId: string | undefined) {
  if (!storageKey) throw new AppError('FILE_EXPIRED', 'The uploaded file is no longer kept.');
  expectGrammar(job.workers);
  const novel = await readUntilEnd(job, storageKey, runId);
  if (!novel) return;
  if (novel.sentences.length === 0) throw new AppError('PDF_NO_TEXT', 'No sentence could be read from this PDF.');
  const plan = await db().select().from(chunks).where(eq(chunks.jobId, job.id)).orderBy(chunks.index);
  const rows = toRows(novel, plan, job, await findCached({ userId: job.userId, sha256 }, job, novel.sentences));
  await requirePriced(job, openRows(rows));
  const isWanted = (held: JobRow) => isRunOf(held, runId);
  await persist(() => storeSentences({ jobId: job.id, run: job.retryCount }, novel, rows, isWanted));
}

/** Undefined when nobody waits for it any more. */
async function readUntilEnd({ id, fixHyphenation }: JobRow, storageKey: string, runId: string | undefined) {
  const { abort, look, stop } = await watchEnd(id, runId);
  const { signal } = abort;
  try {
    await look();
    return await withFile(storageKey, (path) => readNovel(path, { fixHyphenation, signal }));
  } catch (error) {
    if (signal.aborted && isAppError(error, 'CANCELLED')) return undefined;
    throw error;
  } finally {
    stop();
  }
}
