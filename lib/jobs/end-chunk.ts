import { type SQL, sql } from 'drizzle-orm';
import { db } from '@/db/client';
import { lockJob } from './lock-job';
import { idleWithout } from './time-limits';

/**
 * processing → done, once. Only by the run that has the job: what another believes to be settled may have been given up
 * and opened again meanwhile.
 */
export async function endChunk(jobId: string, index: number, runId?: string): Promise<boolean> {
  return db().transaction(async (tx) => {
    await lockJob(tx, jobId);
    const ended = await tx.execute(endChunkOf(jobId, index, runId));
    return ended.length > 0;
  });
}

/** For a transaction that holds the job: gives a row if the chunk is done by it, with nothing left open in it. */
export const endChunkOf = (jobId: string, index: number, runId?: string): SQL => sql`
  with done as (
    update chunks set status = 'done'
    where job_id = ${jobId} and index = ${index} and status = 'processing' and exists (
      select from jobs where id = ${jobId} and status = 'processing'
        and (${runId ?? null}::text is null or run_id = ${runId ?? null}))
      and not exists (
        select from sentences where job_id = ${jobId} and chunk_index = ${index} and status = 'pending')
    returning 1)
  update jobs set processed_chunks = processed_chunks + 1, idle_since = ${idleWithout(jobId, index)}
  where id = ${jobId} and exists (select from done) returning id`;
