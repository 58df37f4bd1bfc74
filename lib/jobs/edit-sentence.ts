import { and, eq, inArray, sql } from 'drizzle-orm';
import { db } from '@/db/client';
import { chunks, jobs, sentences } from '@/db/schema';
import { AppError } from '@/lib/errors';
import { countWords } from '@/lib/french/words';
import { lockJob, type Transaction } from './lock-job';
import { type JobRow, type SentenceRow, toSentence } from './present-job';
import type { SentenceEdit, SentencePair } from './schema';

type Change = Partial<SentenceRow>;

/**
 * The reader's own words for one sentence, or only that it is to stay as it is; no run changes it from then on. Where
 * there is nothing yet to stay, the author's sentence does. Throws NOT_FOUND, and JOB_STATE_CONFLICT while an engine is
 * about to answer for that very sentence.
 */
export async function editSentence(
  userId: string,
  jobId: string,
  position: number,
  edit: SentenceEdit,
): Promise<SentencePair> {
  return db().transaction(async (tx) => {
    const job = await lockJob(tx, jobId);
    if (job?.userId !== userId) throw new AppError('NOT_FOUND', 'There is no such job.');
    const place = and(eq(sentences.jobId, jobId), eq(sentences.position, position));
    const [row] = await tx.select().from(sentences).where(place);
    if (!row) throw new AppError('NOT_FOUND', 'There is no such sentence.');
    await requireRest(tx, job, row);
    const [edited = row] = await tx
      .update(sentences)
      .set(changeOf(job, row, edit))
      .where(place)
      .returning();
    await countEdit(tx, job, row, edited);
    return toSentence(edited);
  });
}

async function requireRest(tx: Transaction, job: JobRow, { status, chunkIndex }: SentenceRow): Promise<void> {
  if (job.status !== 'processing' || status !== 'pending') return;
  const [chunk] = await tx
    .select({ status: chunks.status })
    .from(chunks)
    .where(and(eq(chunks.jobId, job.id), eq(chunks.index, chunkIndex)));
  if (chunk?.status === 'processing') throw new AppError('JOB_STATE_CONFLICT', 'This sentence is being rewritten.');
}

function changeOf(job: JobRow, row: SentenceRow, { rewrites, locked = true }: SentenceEdit): Change {
  const isOpen = row.status === 'pending' || row.status === 'failed';
  if (!rewrites && !(isOpen && locked)) return { locked };
  const said = rewrites?.map(tidy) ?? [row.original];
  const isUnchanged = said.length === 1 && said[0] === row.original;
  const isLong = said.some((sentence) => countWords(sentence) > job.maxWords);
  return {
    status: isUnchanged ? 'kept' : 'rewritten',
    rewrites: isUnchanged ? [] : said,
    method: 'reader',
    skipReason: null,
    flags: isLong ? ['over_limit'] : [],
    locked: true,
  };
}

/** The no-break spaces of French typography stay. */
const tidy = (sentence: string): string =>
  sentence
    .normalize('NFC')
    .replace(/[ \t\r\n]+/g, ' ')
    .trim();

const COUNTERS = {
  kept: 'sentencesKept',
  rewritten: 'sentencesRewritten',
  skipped: 'sentencesSkipped',
  failed: 'sentencesFailed',
} as const;

/** Also when no counter changes: whoever watches the job is to see the edit. */
async function countEdit(tx: Transaction, job: JobRow, before: SentenceRow, after: SentenceRow): Promise<void> {
  const isFilled = before.status === 'failed' && (await closeGap(tx, job.id, before.chunkIndex));
  const failedChunks = job.failedChunks - (isFilled ? 1 : 0);
  await tx
    .update(jobs)
    .set({
      ...countersOf(job, before, after),
      failedChunks,
      processedChunks: job.processedChunks + (isFilled ? 1 : 0),
      partial: job.partial && failedChunks > 0,
    })
    .where(eq(jobs.id, job.id));
}

function countersOf(job: JobRow, before: SentenceRow, after: SentenceRow): Partial<JobRow> {
  if (before.status === after.status) return {};
  const change = (status: SentenceRow['status'], by: number) =>
    status === 'pending' ? {} : { [COUNTERS[status]]: job[COUNTERS[status]] + by };
  return { ...change(before.status, -1), ...change(after.status, 1) };
}

/** failed → done, when the reader has filled the last hole in it. */
async function closeGap(tx: Transaction, jobId: string, index: number): Promise<boolean> {
  const closed = await tx
    .update(chunks)
    .set({ status: 'done', errorCode: null, errorDetail: null })
    .where(
      and(
        eq(chunks.jobId, jobId),
        eq(chunks.index, index),
        eq(chunks.status, 'failed'),
        sql`not exists ${tx
          .select({ one: sql`1` })
          .from(sentences)
          .where(
            and(
              eq(sentences.jobId, jobId),
              eq(sentences.chunkIndex, index),
              inArray(sentences.status, ['pending', 'failed']),
            ),
          )}`,
      ),
    )
    .returning({ index: chunks.index });
  return closed.length > 0;
}
