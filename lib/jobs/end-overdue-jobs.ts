import { and, eq, inArray, type SQL } from 'drizzle-orm';
import { db } from '@/db/client';
import { jobs } from '@/db/schema';
import type { ErrorCode } from '@/lib/errors';
import { log } from '@/lib/log';
import { endAsFailed } from './fail-job';
import type { JobRun } from './job-start';
import { JOB_TRANSITIONS } from './status';
import { isPastHardLimit } from './time-limits';

export const TIMED_OUT: { code: ErrorCode; detail: string } = {
  code: 'JOB_TIMED_OUT',
  detail: 'The job took longer than is allowed and was ended. What was done is kept.',
};

/**
 * → failed, for jobs past their hard limit or that have waited for a day, whatever their runs are doing: a model call
 * under way sees its job end and is aborted. Returns which runs these were, so that they can be told.
 */
export async function endOverdueJobs(): Promise<JobRun[]> {
  const isOverdue = and(inArray(jobs.status, JOB_TRANSITIONS.fail.from), isPastHardLimit());
  const overdue = await db().select({ id: jobs.id }).from(jobs).where(isOverdue);
  const ended: JobRun[] = [];
  for (const { id } of overdue) {
    try {
      const run = await endIf(isOverdue, id);
      if (run) ended.push(run);
    } catch (error) {
      // One that cannot be ended holds up no other; the next sweep comes in a minute.
      log.error({ jobId: id, err: error }, 'an overdue job could not be ended');
    }
  }
  return ended;
}

const endIf = (isOverdue: SQL | undefined, jobId: string): Promise<JobRun | undefined> =>
  db().transaction(async (tx) => {
    const [job] = await tx
      .select()
      .from(jobs)
      .where(and(eq(jobs.id, jobId), isOverdue))
      .for('no key update');
    if (!job) return undefined;
    await endAsFailed(tx, job, TIMED_OUT.code, TIMED_OUT.detail);
    return { jobId, run: job.retryCount };
  });
