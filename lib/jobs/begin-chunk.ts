import { and, asc, eq, exists, gt, inArray, type SQL, sql } from 'drizzle-orm';
import { db } from '@/db/client';
import { chunks, jobs, sentences } from '@/db/schema';
import type { LongSentence } from '@/lib/rewrite/engine';
import type { Transaction } from './lock-job';
import { CONTEXT_CHARACTERS } from './plan-chunks';
import type { ChunkRow, JobRow } from './present-job';
import { type NewSentence, openRows } from './sentence-rows';
import { isRunOf } from './start-job';
import { atWork, isPastSoftLimit } from './time-limits';

export interface BegunChunk {
  job: JobRow;
  chunk: ChunkRow;
  /** Whether its sentences are in the database, or only on their way there: until they are, nothing can be settled. */
  isStored: boolean;
  open: LongSentence[];
  /** The ends of the pages before and after it that are next to it: a model needs to know who « il » is. */
  before: string;
  after: string;
}

/**
 * Counts an attempt and gives what is still open in the chunk; undefined when there is nothing to do for this run, `unread`
 * before the novel is stored, `late` past the job's soft time limit, when nothing is begun any more. The job's first run
 * need not wait until its sentences, all of them `ahead`, are stored.
 */
export async function beginChunk(
  jobId: string,
  index: number,
  runId?: string,
  ahead?: NewSentence[],
): Promise<BegunChunk | 'late' | 'unread' | undefined> {
  return db().transaction(async (tx) => {
    const mayBegin = isReady(jobId, runId, ahead);
    // One message to the database: the job, which all its chunks wait for, is held no longer than that.
    const [[held], [chunk], open, [around]] = await Promise.all([
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
      ahead ? [] : selectOpen(tx, jobId, index),
      ahead ? [] : tx.execute<{ before: string | null; after: string | null }>(textAround(jobId, index)),
      // A change of the job, too, lets watchers see the chunk begin.
      tx
        .update(jobs)
        .set({ step: 'rewriting', ...atWork() })
        .where(and(mayBegin, isAtWork(jobId, index))),
    ]);
    if (!held || !isRunOf(held.job, runId)) return undefined;
    if (!isRead(held.job, ahead)) return 'unread';
    if (held.isLate) return 'late';
    const text = chunk && ahead ? textAhead(ahead, chunk) : { open, ...around };
    return chunk && { job: held.job, chunk, isStored: !ahead, ...inContext(text) };
  });
}

const isReady = (jobId: string, runId: string | undefined, ahead: NewSentence[] | undefined) =>
  and(
    eq(jobs.id, jobId),
    eq(jobs.status, 'processing'),
    ahead ? eq(jobs.retryCount, 0) : gt(jobs.sentencesTotal, 0),
    runId === undefined ? undefined : eq(jobs.runId, runId),
    sql`${isPastSoftLimit()} is not true`,
  );

const isAtWork = (jobId: string, index: number) =>
  sql`exists (select from chunks where job_id = ${jobId} and index = ${index} and status = 'processing')`;

/** What was read ahead was decided about by the settings of the first run. */
const isRead = (job: JobRow, ahead: NewSentence[] | undefined) =>
  ahead ? job.retryCount === 0 : job.sentencesTotal > 0;

interface ChunkText {
  open: LongSentence[];
  before?: string | null | undefined;
  after?: string | null | undefined;
}

const inContext = ({ open, before, after }: ChunkText) => ({
  open,
  before: before?.slice(-CONTEXT_CHARACTERS) ?? '',
  after: after?.slice(0, CONTEXT_CHARACTERS) ?? '',
});

function textAhead(rows: NewSentence[], { index, pageStart, pageEnd }: ChunkRow): ChunkText {
  const page = (chunk: number, number: number) =>
    rows
      .filter((row) => row.chunk_index === chunk && row.page_start === number)
      .map(({ original }) => original)
      .join(' ');
  return {
    open: openRows(rows.filter((row) => row.chunk_index === index)),
    before: page(index - 1, pageStart - 1),
    after: page(index + 1, pageEnd + 1),
  };
}

const selectOpen = (tx: Transaction, jobId: string, index: number) =>
  tx
    .select({ position: sentences.position, kind: sentences.kind, text: sentences.original })
    .from(sentences)
    .where(and(eq(sentences.jobId, jobId), eq(sentences.chunkIndex, index), eq(sentences.status, 'pending')))
    .orderBy(asc(sentences.position));

/** Not for the grammar, which looks at one sentence at a time. The chunks are named because the index knows no pages. */
function textAround(jobId: string, index: number): SQL {
  const page = (chunkIndex: number, number: SQL) => sql`(
    select string_agg(original, ' ' order by position) from sentences
    where job_id = ${jobId} and chunk_index = ${chunkIndex} and sentences.page_start = ${number})`;
  return sql`
    select ${page(index - 1, sql`chunks.page_start - 1`)} as before, ${page(index + 1, sql`chunks.page_end + 1`)} as after
    from chunks join jobs on jobs.id = job_id and engine = 'gemini' where job_id = ${jobId} and index = ${index}`;
}
