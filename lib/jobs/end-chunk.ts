import { sql } from 'drizzle-orm';
import { db } from '@/db/client';
import { lockJob } from './lock-job';
import { isRunOf } from './start-job';

/**
 * processing → done, once. Only by the run that has the job: what another believes to be settled may have been given up
 * and opened again meanwhile.
 */
export async function endChunk(jobId: string, index: number, runId?: string): Promise<boolean> {
  return db().transaction(async (tx) => {
    const job = await lockJob(tx, jobId);
    if (!isRunOf(job, runId)) return false;
    const ended = await tx.execute(sql`
      with done as (
        update chunks set status = 'done'
        where job_id = ${jobId} and index = ${index} and status = 'processing' returning 1)
      update jobs set processed_chunks = processed_chunks + 1
      where id = ${jobId} and exists (select from done) returning id`);
    return ended.length > 0;
  });
}
