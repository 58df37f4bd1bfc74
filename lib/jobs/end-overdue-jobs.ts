import { and, eq, inArray } from 'drizzle-orm';
import { db } from '@/db/client';
import { jobs } from '@/db/schema';
import { env } from '@/lib/env';
import type { ErrorCode } from '@/lib/errors';
import { endAsFailed } from './fail-job';
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
  const isOverdue = and(inArray(jobs.status, JOB_TRANSITIONS.fail.from), startedBefore(env().JOB_HARD_TIMEOUT_MINUTES));
  const overdue = await db().select({ id: jobs.id }).from(jobs).where(isOverdue);
  const ended: string[] = [];
  for (const { id } of overdue) {
    const isEnded = await db().transaction(async (tx) => {
      const [job] = await tx
        .select()
        .from(jobs)
        .where(and(eq(jobs.id, id), isOverdue))
        .for('no key update');
      if (job) await endAsFailed(tx, job, TIMED_OUT.code, TIMED_OUT.detail);
      return job !== undefined;
    });
    if (isEnded) ended.push(id);
  }
  return ended;
}
