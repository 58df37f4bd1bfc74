import { sql } from 'drizzle-orm';
import { db } from '@/db/client';
import type { Rewrite, Usage } from '@/lib/rewrite/engine';
import { lockJob } from './lock-job';
import { storableText } from './storable-text';

/**
 * Stores what an engine made of some sentences, and counts it, in one transaction; a sentence settled before stays as it is.
 * What a model call cost is counted even when the job has ended meanwhile; the answer says whether the job still wants more.
 */
export async function settleSentences(
  jobId: string,
  chunkIndex: number,
  rewrites: Rewrite[],
  usage: Usage,
): Promise<boolean> {
  return db().transaction(async (tx) => {
    const job = await lockJob(tx, jobId);
    if (!job) return false;
    const isRunning = job.status === 'processing';
    const rows = (isRunning ? rewrites : []).map((rewrite) => ({
      ...rewrite,
      rewrites: rewrite.status === 'rewritten' ? rewrite.rewrites.map(storableText) : [],
    }));
    await tx.execute(sql`
      with settled as (
        update sentences set
          status = row.status, method = row.method,
          rewrites = array(select jsonb_array_elements_text(row.rewrites)),
          flags = array(select jsonb_array_elements_text(row.flags))
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
          as row(position int, status text, method text, rewrites jsonb, flags jsonb)
        where sentences.job_id = ${jobId} and sentences.chunk_index = ${chunkIndex}
          and sentences.position = row.position and sentences.status = 'pending'
        returning sentences.status
      ), used as (
        update chunks set model_calls = model_calls + ${usage.calls}, model_tokens = model_tokens + ${usage.tokens}
        where job_id = ${jobId} and index = ${chunkIndex}
      )
      update jobs set
        sentences_kept = sentences_kept + (select count(*) from settled where status = 'kept'),
        sentences_rewritten = sentences_rewritten + (select count(*) from settled where status = 'rewritten'),
        model_calls = model_calls + ${usage.calls}, model_tokens = model_tokens + ${usage.tokens}
      where id = ${jobId}`);
    return isRunning;
  });
}
