import { and, eq, inArray, type SQL } from 'drizzle-orm';
import { db } from '@/db/client';
import { jobs } from '@/db/schema';
import type { JobRow } from './present-job';
import type { JobStatus } from './status';

export type Transaction = Parameters<Parameters<ReturnType<typeof db>['transaction']>[0]>[0];

/**
 * Holds the job's row to the end of the transaction: everything that changes a job's counters goes through here.
 * No key of it ever changes, so rows that refer to it can be written meanwhile.
 */
export async function lockJob(tx: Transaction, jobId: string): Promise<JobRow | undefined> {
  const [row] = await tx.select().from(jobs).where(eq(jobs.id, jobId)).for('no key update');
  return row;
}

/**
 * For a change of many jobs in one statement: locks those that nobody else holds. To wait for the others, in whatever order
 * the plan gives, could be waiting for each other; a sweep comes again.
 */
export const unheldJobs = (from: readonly JobStatus[], which: SQL | undefined) =>
  db()
    .select({ id: jobs.id })
    .from(jobs)
    .where(and(inArray(jobs.status, from), which))
    .for('no key update', { skipLocked: true });

/** Keeps the job from being deleted to the end of the transaction, and nothing else. */
export async function holdJob(tx: Transaction, jobId: string): Promise<JobRow | undefined> {
  const [row] = await tx.select().from(jobs).where(eq(jobs.id, jobId)).for('key share');
  return row;
}
