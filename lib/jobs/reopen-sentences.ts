import { and, eq, inArray, or, sql } from 'drizzle-orm';
import { sentences } from '@/db/schema';
import { type DecisionSettings, decide } from '@/lib/rewrite/needs-rewrite';
import type { Transaction } from './lock-job';
import type { JobRow } from './present-job';
import { decisionColumns } from './sentence-rows';

type Counters = Pick<JobRow, 'sentencesKept' | 'sentencesSkipped' | 'sentencesFailed'>;

/** What an engine kept carries a flag that says why; what never needed one was decided here, and cost nothing. */
const isDecided = or(
  inArray(sentences.status, ['pending', 'failed', 'skipped']),
  and(eq(sentences.method, 'kept'), sql`cardinality(${sentences.flags}) = 0`),
);

/**
 * Decides anew, by these settings, about every sentence of the chunks that no engine has settled and no reader has locked.
 * Answers what the job counts from then on.
 */
export async function reopenSentences(
  tx: Transaction,
  job: JobRow,
  indexes: number[],
  settings: DecisionSettings,
): Promise<Counters> {
  const free = await tx
    .select()
    .from(sentences)
    .where(
      and(eq(sentences.jobId, job.id), inArray(sentences.chunkIndex, indexes), eq(sentences.locked, false), isDecided),
    );
  const changed = free.flatMap((row) => {
    const after = decisionColumns(decide({ kind: row.kind, text: row.original }, settings));
    const isSame = after.status === row.status && after.skip_reason === row.skipReason;
    return isSame ? [] : { position: row.position, before: row.status, ...after };
  });
  if (changed.length > 0)
    await tx.execute(sql`
    update sentences set status = row.status, method = row.method, skip_reason = row.skip_reason
    from jsonb_to_recordset(${JSON.stringify(changed)}::jsonb)
      as row(position int, status text, method text, skip_reason text)
    where sentences.job_id = ${job.id} and sentences.position = row.position`);
  const change = (status: string) =>
    changed.filter((one) => one.status === status).length - changed.filter((one) => one.before === status).length;
  return {
    sentencesKept: job.sentencesKept + change('kept'),
    sentencesSkipped: job.sentencesSkipped + change('skipped'),
    sentencesFailed: job.sentencesFailed + change('failed'),
  };
}
