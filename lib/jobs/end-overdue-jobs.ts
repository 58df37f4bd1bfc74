import { inArray } from 'drizzle-orm';
import { db } from '@/db/client';
import { jobs } from '@/db/schema';
import { env } from '@/lib/env';
import type { ErrorCode } from '@/lib/errors';
import { unheldJobs } from './lock-job';
import { JOB_TRANSITIONS } from './status';
import { startedBefore } from './time-limits';

export const TIMED_OUT: { code: ErrorCode; detail: string } = {
  code: 'JOB_TIMED_OUT',
  detail: 'The job took longer than is allowed and was ended. What was done is kept.',
};

/**
 * → failed, for jobs past their hard limit, whatever their runs are doing: a model call under way sees its job end and is
 * aborted. Returns their ids, so that the runs can be told.
 */
export async function endOverdueJobs(): Promise<string[]> {
  const ended = await db()
    .update(jobs)
    .set({
      status: 'failed',
      step: 'failed',
      errorCode: TIMED_OUT.code,
      errorDetail: TIMED_OUT.detail,
      completedAt: new Date(),
    })
    .where(inArray(jobs.id, unheldJobs(JOB_TRANSITIONS.fail.from, startedBefore(env().JOB_HARD_TIMEOUT_MINUTES))))
    .returning({ id: jobs.id });
  return ended.map(({ id }) => id);
}
