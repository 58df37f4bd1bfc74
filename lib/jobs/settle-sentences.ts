import { type SQL, sql } from 'drizzle-orm';
import { db } from '@/db/client';
import type { Rewrite, Usage } from '@/lib/rewrite/engine';
import { endChunkOf } from './end-chunk';
import { storableText } from './storable-text';

/**
 * Stores what an engine made of some sentences, and counts it, in one transaction; a sentence settled before stays as it is.
 * What a model call cost is counted even when the job has ended meanwhile; the answer says whether the job still wants more.
 */
export async function settleSentences(jobId: string, index: number, rewrites: Rewrite[], usage: Usage) {
  const { job } = await settle(jobId, index, rewrites, usage);
  return job?.status === 'processing';
}

/** The same with the last that were open in the chunk, and ends it; answers as endChunk does. */
export async function settleLast(jobId: string, index: number, rewrites: Rewrite[], usage: Usage, runId?: string) {
  const { ended } = await settle(jobId, index, rewrites, usage, endChunkOf(jobId, index, runId));
  return ended.length > 0;
}

/** All statements go out in one message, in this order: the job, which all its chunks wait for, is held no longer. */
async function settle(jobId: string, index: number, rewrites: Rewrite[], usage: Usage, end?: SQL) {
  const hold = sql`select status from jobs where id = ${jobId} for no key update`;
  return db().transaction(async (tx) => {
    const [[job], , ended] = await Promise.all([
      tx.execute<{ status: string }>(hold),
      tx.execute(settling(jobId, index, rewrites, usage)),
      end ? tx.execute(end) : [],
    ]);
    return { job, ended };
  });
}

function settling(jobId: string, index: number, rewrites: Rewrite[], usage: Usage): SQL {
  const rows = rewrites.map((rewrite) => ({
    ...rewrite,
    rewrites: rewrite.status === 'rewritten' ? rewrite.rewrites.map(storableText) : [],
  }));
  return sql`
    with settled as (
      update sentences set
        status = row.status, method = row.method,
        rewrites = array(select json_array_elements_text(row.rewrites)),
        flags = array(select json_array_elements_text(row.flags))
      from json_to_recordset(${JSON.stringify(rows)}::json)
        as row(position int, status text, method text, rewrites json, flags json)
      where sentences.job_id = ${jobId} and sentences.chunk_index = ${index}
        and sentences.position = row.position and sentences.status = 'pending'
        and exists (select from jobs where id = ${jobId} and status = 'processing')
      returning sentences.status
    ), used as (
      update chunks set model_calls = model_calls + ${usage.calls}, model_tokens = model_tokens + ${usage.tokens}
      where job_id = ${jobId} and index = ${index}
    )
    update jobs set
      sentences_kept = sentences_kept + (select count(*) from settled where status = 'kept'),
      sentences_rewritten = sentences_rewritten + (select count(*) from settled where status = 'rewritten'),
      model_calls = model_calls + ${usage.calls}, model_tokens = model_tokens + ${usage.tokens}
    where id = ${jobId}`;
}
