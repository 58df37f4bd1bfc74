import { eq, sql } from 'drizzle-orm';
import { db } from '@/db/client';
import { chunks, jobs, novels } from '@/db/schema';
import { AppError } from '@/lib/errors';
import type { PageKind, Sentence } from '@/lib/french/novel-text';
import { log } from '@/lib/log';
import { readNovel } from '@/lib/pdf/read-novel';
import { decide } from '@/lib/rewrite/needs-rewrite';
import { loadGrammar } from '@/lib/rewrite/offline/grammar-processes';
import { filePath } from '@/lib/storage/store';
import { holdJob, lockJob, type Transaction } from './lock-job';
import { chunkOfPage } from './plan-chunks';
import type { ChunkRow, JobRow } from './present-job';
import { isRunOf } from './start-job';
import { storableText } from './storable-text';

export interface SplitReceipt {
  /** False when the job ended meanwhile, or belongs to another run. */
  isRunning: boolean;
  sentences: number;
  /** Chunks with work left. */
  chunks: number[];
}

/** Reads the novel and stores its sentences, each in the chunk of the page on which it starts. Done twice it does nothing. */
export async function splitJob(jobId: string, runId?: string): Promise<SplitReceipt> {
  const { job, storageKey } = await findSource(jobId);
  if (job.sentencesTotal === 0 && job.status === 'processing') await readAndStore(job, storageKey);
  return db().transaction(async (tx) => {
    const now = await lockJob(tx, jobId);
    const open = await tx.select().from(chunks).where(eq(chunks.jobId, jobId)).orderBy(chunks.index);
    return {
      isRunning: isRunOf(now, runId),
      sentences: now?.sentencesTotal ?? 0,
      chunks: open.filter(({ status }) => status === 'pending' || status === 'processing').map(({ index }) => index),
    };
  });
}

async function findSource(jobId: string) {
  const [row] = await db()
    .select({ job: jobs, storageKey: novels.storageKey })
    .from(jobs)
    .innerJoin(novels, eq(novels.id, jobs.novelId))
    .where(eq(jobs.id, jobId));
  if (!row) throw new AppError('NOT_FOUND', 'The job is gone.');
  return row;
}

async function readAndStore(job: JobRow, storageKey: string | null) {
  if (!storageKey) throw new AppError('NOT_FOUND', 'The uploaded file is no longer kept.');
  loadGrammar(job.workers).catch((error: unknown) =>
    log.warn({ err: error }, 'the grammar will be loaded when needed'),
  );
  const novel = await readNovel(filePath(storageKey), { fixHyphenation: job.fixHyphenation });
  if (novel.sentences.length === 0) throw new AppError('PDF_NO_TEXT', 'No sentence could be read from this PDF.');
  const pagesByKind = groupPages(novel.pages);
  const plan = await db().select().from(chunks).where(eq(chunks.jobId, job.id)).orderBy(chunks.index);
  const rows = novel.sentences.map((sentence, position) => toRow(sentence, position, plan, job));
  await db().transaction(async (tx) => {
    // A delete locks the job before its chunks; without the hold, this would lock them the other way round.
    if (!(await holdJob(tx, job.id))) return;
    await insertSentences(tx, job.id, rows);
    // Locked only now, so that a cancel does not wait for the rows. A job that was stopped meanwhile keeps its text.
    const now = await lockJob(tx, job.id);
    if (!now || now.sentencesTotal > 0) return;
    await tx
      .update(jobs)
      .set({
        ...(now.status === 'processing' && { step: 'rewriting' }),
        pagesByKind,
        sentencesTotal: rows.length,
        sentencesKept: rows.filter(({ status }) => status === 'kept').length,
        sentencesSkipped: rows.filter(({ status }) => status === 'skipped').length,
      })
      .where(eq(jobs.id, job.id));
  });
}

type NewSentence = ReturnType<typeof toRow>;

function toRow(sentence: Sentence, position: number, plan: ChunkRow[], job: JobRow) {
  const chunk = chunkOfPage(plan, sentence.pageStart);
  const decision = decide(sentence, job);
  const settled = decisionColumns(decision);
  return {
    position,
    chunk_index: chunk.index,
    page_start: sentence.pageStart,
    page_end: sentence.pageEnd,
    paragraph: sentence.paragraph,
    kind: sentence.kind,
    original: storableText(sentence.text),
    ...settled,
  };
}

function decisionColumns(decision: ReturnType<typeof decide>) {
  if (decision === 'rewrite') return { status: 'pending', method: null, skip_reason: null };
  if (decision === 'keep') return { status: 'kept', method: 'kept', skip_reason: null };
  return { status: 'skipped', method: null, skip_reason: decision.skip };
}

/** One statement for a whole novel: 12,000 rows of parameters would be over PostgreSQL's limit of 65,535. */
async function insertSentences(tx: Transaction, jobId: string, rows: NewSentence[]) {
  await tx.execute(sql`
    insert into sentences
      (job_id, position, chunk_index, page_start, page_end, paragraph, kind, original, status, method, skip_reason)
    select ${jobId}, position, chunk_index, page_start, page_end, paragraph, kind, original, status, method, skip_reason
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row(
      position int, chunk_index int, page_start int, page_end int, paragraph int,
      kind text, original text, status text, method text, skip_reason text)
    on conflict do nothing`);
  await tx.execute(sql`
    update chunks set sentences = counted.n
    from (select chunk_index, count(*)::int as n from sentences where job_id = ${jobId} group by chunk_index) counted
    where chunks.job_id = ${jobId} and chunks.index = counted.chunk_index`);
}

function groupPages(pages: { number: number; kind: PageKind }[]): Record<string, number[]> {
  const groups: Record<string, number[]> = {};
  for (const { number, kind } of pages) {
    if (kind === 'text') continue;
    const group = groups[kind] ?? [];
    group.push(number);
    groups[kind] = group;
  }
  return groups;
}
