import { eq } from 'drizzle-orm';
import type { db } from '@/db/client';
import { jobs } from '@/db/schema';
import type { JobRow } from './present-job';

export type Transaction = Parameters<Parameters<ReturnType<typeof db>['transaction']>[0]>[0];

/** Holds the job's row to the end of the transaction: everything that changes a job's counters goes through here. */
export async function lockJob(tx: Transaction, jobId: string): Promise<JobRow | undefined> {
  const [row] = await tx.select().from(jobs).where(eq(jobs.id, jobId)).for('update');
  return row;
}
