import { and, eq, inArray, sql } from 'drizzle-orm';
import { db } from '@/db/client';
import { jobs } from '@/db/schema';
import { JOB_TRANSITIONS, type JobStatus } from './status';

/** pending → processing. Done twice it changes nothing; the answer says whether there is work to do. */
export async function startJob(jobId: string): Promise<{ isRunning: boolean }> {
  await db()
    .update(jobs)
    .set({ status: JOB_TRANSITIONS.start.to, step: 'reading', startedAt: sql`coalesce(${jobs.startedAt}, now())` })
    .where(and(eq(jobs.id, jobId), inArray(jobs.status, JOB_TRANSITIONS.start.from)));
  return { isRunning: (await findStatus(jobId)) === 'processing' };
}

export async function findStatus(jobId: string): Promise<JobStatus | undefined> {
  const [row] = await db().select({ status: jobs.status }).from(jobs).where(eq(jobs.id, jobId));
  return row?.status;
}
