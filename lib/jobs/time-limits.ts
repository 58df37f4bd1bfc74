import { and, eq, sql } from 'drizzle-orm';
import { db } from '@/db/client';
import { jobs } from '@/db/schema';
import { env } from '@/lib/env';

/** The database's clock is the only one: it set the start, and it is the same for every machine. */
export const startedBefore = (minutes: number) => sql`${jobs.startedAt} < now() - ${minutes} * interval '1 minute'`;

/** From then on no chunk is begun: what there is becomes the result. */
export async function isPastSoftLimit(jobId: string): Promise<boolean> {
  const late = await db()
    .select({ id: jobs.id })
    .from(jobs)
    .where(and(eq(jobs.id, jobId), startedBefore(env().JOB_SOFT_TIMEOUT_MINUTES)));
  return late.length > 0;
}
