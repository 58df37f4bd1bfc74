import { setImmediate } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import type { PageKind, Sentence } from '@/lib/french/novel-text';
import type { readNovel } from '@/lib/pdf/read-novel';
import { type DecisionSettings, decide } from '@/lib/rewrite/needs-rewrite';
import type { OpenSentence } from './estimate-run';
import type { CachedRewrite, CachedRewrites } from './find-cached';
import type { Transaction } from './lock-job';
import { type ChunkPlan, chunkOfPage } from './plan-chunks';
import type { SentencePair } from './schema';
import { storableText } from './storable-text';

export type ReadNovel = Awaited<ReturnType<typeof readNovel>>;
type Plan = ChunkPlan['chunks'];
const CACHED = 'cached' satisfies SentencePair['flags'][number];
export type NewSentence = ReturnType<typeof toRow>;

/** Each sentence as a row, in the chunk of the page on which it starts, with what is decided about it. */
export const toRows = (
  { sentences }: ReadNovel,
  plan: Plan,
  settings: DecisionSettings,
  cached: CachedRewrites = new Map(),
): NewSentence[] => sentences.map((sentence, position) => toRow(sentence, position, plan, settings, cached));

function toRow(sentence: Sentence, position: number, plan: Plan, settings: DecisionSettings, cached: CachedRewrites) {
  const chunk = chunkOfPage(plan, sentence.pageStart);
  const decision = decide(sentence, settings);
  const taken = decision === 'rewrite' ? cached.get(position) : undefined;
  return {
    position,
    chunk_index: chunk.index,
    page_start: sentence.pageStart,
    page_end: sentence.pageEnd,
    paragraph: sentence.paragraph,
    kind: sentence.kind,
    original: storableText(sentence.text),
    ...decisionColumns(decision),
    ...(taken && cachedColumns(taken)),
  };
}

export function decisionColumns(decision: ReturnType<typeof decide>) {
  if (decision === 'rewrite') return { status: 'pending', method: null, skip_reason: null };
  if (decision === 'keep') return { status: 'kept', method: 'kept', skip_reason: null };
  return { status: 'skipped', method: null, skip_reason: decision.skip };
}

export const cachedColumns = ({ rewrites, method, flags }: CachedRewrite) => ({
  status: 'rewritten',
  method,
  rewrites,
  flags: [...new Set([...flags, CACHED])],
});

/**
 * Writing them out takes the thread that answers readers some milliseconds; a whole novel, a tenth of a second. And texts
 * of more than 128 KB have memory of their own, new each time, which is slow to come by.
 */
const ROWS_AT_ONCE = 400;

export async function insertSentences(tx: Transaction, jobId: string, rows: NewSentence[]) {
  const written: Promise<unknown>[] = [];
  for (let first = 0; first < rows.length; first += ROWS_AT_ONCE) {
    const some = insertRows(tx, jobId, rows.slice(first, first + ROWS_AT_ONCE));
    // Awaited below: the database writes these while the next are written out.
    some.catch(() => undefined);
    written.push(some);
    await setImmediate();
  }
  await Promise.all(written);
}

/** For a transaction that holds the job, as all do that change its chunks. */
export const countInChunks = (tx: Transaction, jobId: string) =>
  tx.execute(sql`
    update chunks set sentences = counted.n
    from (select chunk_index, count(*)::int as n from sentences where job_id = ${jobId} group by chunk_index) counted
    where chunks.job_id = ${jobId} and chunks.index = counted.chunk_index`);

/** Numbers and words of our own, which need no quotes in an array. */
type Plain = Exclude<keyof NewSentence, 'original' | 'rewrites' | 'flags'>;

/**
 * By columns, in half the time that rows in JSON take, and with one parameter for each; only lists within a row are JSON,
 * and most rows have none. The driver looks through every value for quotes, which most columns cannot hold.
 */
async function insertRows(tx: Transaction, jobId: string, rows: NewSentence[]) {
  const plainColumn = (name: Plain) => `{${rows.map((row) => row[name] ?? 'NULL').join(',')}}`;
  const listColumn = (name: 'rewrites' | 'flags') =>
    sql.param(rows.map(({ [name]: list }) => (list ? JSON.stringify(list) : null)));
  await tx.execute(sql`
    insert into sentences
      (job_id, position, chunk_index, page_start, page_end, paragraph, kind, original, status, method, skip_reason,
      rewrites, flags)
    select ${jobId}, position, chunk_index, page_start, page_end, paragraph, kind, original, status, method, skip_reason,
      ${listFrom('rewrites')}, ${listFrom('flags')}
    from unnest(
      ${plainColumn('position')}::int[], ${plainColumn('chunk_index')}::int[], ${plainColumn('page_start')}::int[],
      ${plainColumn('page_end')}::int[], ${plainColumn('paragraph')}::int[], ${plainColumn('kind')}::text[],
      ${sql.param(rows.map(({ original }) => original))}::text[], ${plainColumn('status')}::text[],
      ${plainColumn('method')}::text[], ${plainColumn('skip_reason')}::text[], ${listColumn('rewrites')}::text[],
      ${listColumn('flags')}::text[]
    ) as row(position, chunk_index, page_start, page_end, paragraph, kind, original, status, method, skip_reason,
      rewrites, flags)`);
}

const listFrom = (column: 'rewrites' | 'flags') => {
  const json = sql.identifier(column);
  return sql`case when ${json} is null then '{}' else array(select json_array_elements_text(${json}::json)) end`;
};

/** What the job says about them. */
export const countRows = ({ pages }: ReadNovel, rows: NewSentence[]) => ({
  pagesByKind: groupPages(pages),
  sentencesTotal: rows.length,
  sentencesKept: rows.filter(({ status }) => status === 'kept').length,
  sentencesRewritten: countCached(rows),
  sentencesCached: countCached(rows),
  sentencesSkipped: rows.filter(({ status }) => status === 'skipped').length,
});

/** Nothing else is rewritten yet. */
const countCached = (rows: NewSentence[]) => rows.filter(({ status }) => status === 'rewritten').length;

/** What is left for an engine to do. */
export const openRows = (rows: NewSentence[]): OpenSentence[] =>
  rows
    .filter(({ status }) => status === 'pending')
    .map(({ position, kind, original, chunk_index }) => ({ position, kind, text: original, chunk: chunk_index }));

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
