import { and, asc, eq, sql } from 'drizzle-orm';
import { db } from '@/db/client';
import { chunks, jobs, novels } from '@/db/schema';
import { receiptOf } from '@/lib/credits/queries';
import { AppError } from '@/lib/errors';
import { type JobRow, type NovelRow, toFailedChunk } from './present-job';
import type { JobReport, OverLimitReasons } from './schema';

/** Counted from the sentences themselves, not from the job's counters: the report is the check on those. */
export async function getReport(userId: string, jobId: string): Promise<JobReport> {
  const [row] = await db()
    .select({ job: jobs, novel: novels })
    .from(jobs)
    .innerJoin(novels, eq(novels.id, jobs.novelId))
    .where(and(eq(jobs.id, jobId), eq(jobs.userId, userId)));
  if (!row) throw new AppError('NOT_FOUND', 'There is no such job.');
  const [statuses, skipped, methods, flags, long, size, failed] = await Promise.all([
    countBy(sql`select status as key, count(*)::int as n from sentences where job_id = ${jobId} group by 1`),
    countBy(sql`select skip_reason as key, count(*)::int as n from sentences
      where job_id = ${jobId} and status = 'skipped' group by 1`),
    countBy(sql`select method as key, count(*)::int as n from sentences
      where job_id = ${jobId} and method is not null group by 1`),
    countBy(sql`select flag as key, count(*)::int as n from sentences, unnest(flags) as flag
      where job_id = ${jobId} group by 1`),
    countBy(sql`select case
        when status = 'kept' then 'kept'
        when method = 'reader' then 'reader'
        when 'blocked_by_model' = any(flags) then 'blocked_by_model'
        when 'fell_back_to_offline' = any(flags) then 'fell_back_to_offline'
        when method = 'offline' then 'no_split'
        else 'model_overran' end as key, count(*)::int as n from sentences
      where job_id = ${jobId} and status in ('kept', 'rewritten') and 'over_limit' = any(flags) group by 1`),
    countBy(sql`select 'generated' as key, coalesce(sum(cardinality(rewrites)), 0)::int as n from sentences
      where job_id = ${jobId} and status = 'rewritten'`),
    db()
      .select()
      .from(chunks)
      .where(and(eq(chunks.jobId, jobId), eq(chunks.status, 'failed')))
      .orderBy(asc(chunks.index)),
  ]);
  const reasons = overLimitReasons(long);
  return {
    job_id: jobId,
    partial: row.job.partial,
    pages: pagesByKind(row.job, row.novel),
    sentences: {
      total: row.job.sentencesTotal,
      kept: statuses.kept ?? 0,
      rewritten: statuses.rewritten ?? 0,
      failed: statuses.failed ?? 0,
      pending: statuses.pending ?? 0,
      skipped,
    },
    generated_sentences: size.generated ?? 0,
    over_limit: Object.values(reasons).reduce((sum, n) => sum + n, 0),
    over_limit_reasons: reasons,
    kept_over_limit: long.kept ?? 0,
    cached_sentences: flags.cached ?? 0,
    methods,
    flags,
    failed_chunks: failed.map(toFailedChunk),
    gemini_api_calls: row.job.modelCalls,
    gemini_tokens_used: row.job.modelTokens,
    credits: await receiptOf(jobId),
  };
}

async function countBy(query: ReturnType<typeof sql>): Promise<Record<string, number>> {
  const rows: { key: string; n: number }[] = await db().execute(query);
  return Object.fromEntries(rows.map(({ key, n }) => [key, n]));
}

const overLimitReasons = (long: Record<string, number>): OverLimitReasons => ({
  reader: long.reader ?? 0,
  blocked_by_model: long.blocked_by_model ?? 0,
  fell_back_to_offline: long.fell_back_to_offline ?? 0,
  no_split: long.no_split ?? 0,
  model_overran: long.model_overran ?? 0,
});

function pagesByKind(job: JobRow, novel: NovelRow): JobReport['pages'] {
  const { blank = [], scanned = [], garbled = [], foreign = [] } = job.pagesByKind;
  const special = new Set([...blank, ...scanned, ...garbled, ...foreign]);
  const isRead = job.sentencesTotal > 0;
  const numbers = Array.from({ length: isRead ? novel.pages : 0 }, (_, i) => i + 1);
  const text = numbers.filter((page) => !special.has(page));
  return { total: novel.pages, by_kind: { text, blank, scanned, garbled, foreign } };
}
