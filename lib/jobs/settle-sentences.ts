import { type SQL, sql } from 'drizzle-orm';
import { db } from '@/db/client';
import { persist } from '@/db/persist';
import { newId } from '@/lib/ids';
import type { Rewrite, Usage } from '@/lib/rewrite/engine';
import { endChunkOf } from './end-chunk';
import { storableText } from './storable-text';

/** A chunk, as one run of its job has it; `run` counts the job's retries. */
export interface ChunkOfRun {
  jobId: string;
  index: number;
  run: number;
}

/**
 * Stores what an engine made of some sentences, and counts it, in one transaction; a sentence settled before stays as it is.
 * What a model call cost is counted even when the job has ended or was retried meanwhile, but then what it made is not
 * wanted. It is paid for, so a database that is away is waited for. The answer says whether the job still wants more.
 */
export async function settleSentences(chunk: ChunkOfRun, rewrites: Rewrite[], usage: Usage): Promise<boolean> {
  const { job } = await settle(chunk, rewrites, usage);
  return job?.status === 'processing' && job.run === chunk.run;
}

/** The same with the last that were open in the chunk, and ends it; answers whether it did so now. */
export async function settleLast(chunk: ChunkOfRun, rewrites: Rewrite[], usage: Usage, runId?: string) {
  const { ended } = await settle(chunk, rewrites, usage, endChunkOf(chunk.jobId, chunk.index, runId));
  return ended.length > 0;
}

/** All statements go out in one message, in this order: the job, which all its chunks wait for, is held no longer. */
async function settle(chunk: ChunkOfRun, rewrites: Rewrite[], usage: Usage, end?: SQL) {
  const hold = sql`select status, retry_count as run from jobs where id = ${chunk.jobId} for no key update`;
  const settlement = settling(chunk, rewrites, usage);
  return persist(() =>
    db().transaction(async (tx) => {
      const [[job], , ended] = await Promise.all([
        tx.execute<{ status: string; run: number }>(hold),
        tx.execute(settlement),
        end ? tx.execute(end) : [],
      ]);
      return { job, ended };
    }),
  );
}

/** However often it is executed, it counts once: the chunk knows the last one by its id, and one comes after the other. */
function settling({ jobId, index, run }: ChunkOfRun, rewrites: Rewrite[], usage: Usage): SQL {
  const id = newId();
  const rows = rewrites.map((rewrite) => ({
    ...rewrite,
    rewrites: rewrite.status === 'rewritten' ? rewrite.rewrites.map(storableText) : [],
  }));
  return sql`
    with used as (
      update chunks set model_calls = model_calls + ${usage.calls}, model_tokens = model_tokens + ${usage.tokens},
        last_settlement = ${id}
      where job_id = ${jobId} and index = ${index} and last_settlement is distinct from ${id}
      returning 1
    ), settled as (
      update sentences set
        status = row.status, method = row.method,
        rewrites = array(select json_array_elements_text(row.rewrites)),
        flags = array(select json_array_elements_text(row.flags))
      from json_to_recordset(${JSON.stringify(rows)}::json)
        as row(position int, status text, method text, rewrites json, flags json)
      where sentences.job_id = ${jobId} and sentences.chunk_index = ${index}
        and sentences.position = row.position and sentences.status = 'pending'
        and exists (select from jobs where id = ${jobId} and status in ('pending', 'processing') and retry_count = ${run})
      returning sentences.status
    )
    update jobs set
      sentences_kept = sentences_kept + (select count(*) from settled where status = 'kept'),
      sentences_rewritten = sentences_rewritten + (select count(*) from settled where status = 'rewritten'),
      model_calls = model_calls + ${usage.calls}, model_tokens = model_tokens + ${usage.tokens},
      tokens_before_run = tokens_before_run + case when retry_count = ${run} then 0 else ${usage.tokens}::int end
    where id = ${jobId} and exists (select from used)`;
}
