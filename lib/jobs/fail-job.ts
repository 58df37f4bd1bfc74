import { and, eq, inArray } from 'drizzle-orm';
import { db } from '@/db/client';
import { jobs } from '@/db/schema';
import type { ErrorCode } from '@/lib/errors';
import { JOB_TRANSITIONS } from './status';

/** → failed with a reason; a job that has ended keeps its end. */
export async function failJob(jobId: string, code: ErrorCode, detail: string): Promise<void> {
  await db()
    .update(jobs)
    .set({ status: 'failed', step: 'failed', errorCode: code, errorDetail: detail, completedAt: new Date() })
    .where(and(eq(jobs.id, jobId), inArray(jobs.status, JOB_TRANSITIONS.fail.from)));
}
