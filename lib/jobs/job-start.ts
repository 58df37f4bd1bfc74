import { eq, type SQL, sql } from 'drizzle-orm';
import type { db } from '@/db/client';
import { jobs, type UserPlan, users } from '@/db/schema';
import type { Transaction } from './lock-job';
import type { JobRow } from './present-job';

/** What the engine must know to run a job. */
export interface JobStart {
  jobId: string;
  run: number;
  workers: number;
  /** So many seconds it goes ahead of those that came with it. */
  priority: number;
  /** Sets a further start of the same retry apart; the engine takes each start only once. */
  again?: string;
  /** How many runs before it the engine gave up. */
  resumed?: number;
}

/** One of the runs that a job has, one after another. */
export type JobRun = Pick<JobStart, 'jobId' | 'run'>;

/** Seconds, so whoever has waited for longer than these goes first: nobody starves. */
const HEAD_STARTS: Record<UserPlan, number> = { free: 0, reader: 150, school: 300 };
/** For each job of the same reader that came before and has not ended: the first of everybody, then the second. */
const STANDS_BACK = 120;
/** What Inngest documents, in both directions; it takes more as well, at least as if it were this. */
const LIMIT = 600;
const OLDEST = 43_200;

const jobsAhead = sql<number>`(
  select count(*)::int from jobs earlier
  where earlier.user_id = ${jobs.userId} and earlier.status in ('pending', 'processing') and earlier.file_due_at is null
    and (earlier.queued_at, earlier.id) < (${jobs.queuedAt}, ${jobs.id}))`;

/** One that is begun anew keeps its age, so that its new run has the place in the queue of the one before. */
const begunSeconds = sql<number>`case when ${jobs.startedAt} is null then 0 else extract(epoch from now() - ${jobs.queuedAt})::int end`;

const waitedSeconds = sql<number>`extract(epoch from now() - ${jobs.updatedAt})::float8`;

export const priorityOf = (plan: UserPlan, ahead: number, begunSeconds = 0): number =>
  Math.min(OLDEST, Math.max(-LIMIT, HEAD_STARTS[plan] - ahead * STANDS_BACK) + begunSeconds);

/** The starts of the jobs that `which` finds, with their rows and how long each has not changed. */
export async function findStarts(
  client: ReturnType<typeof db> | Transaction,
  which: SQL | undefined,
): Promise<{ job: JobRow; start: JobStart; waitedSeconds: number }[]> {
  const rows = await client
    .select({ job: jobs, plan: users.plan, ahead: jobsAhead, begunSeconds, waitedSeconds })
    .from(jobs)
    .innerJoin(users, eq(users.id, jobs.userId))
    .where(which);
  return rows.map(({ job, plan, ahead, begunSeconds, waitedSeconds }) => ({
    job,
    waitedSeconds,
    start: {
      jobId: job.id,
      run: job.retryCount,
      workers: job.workers,
      priority: priorityOf(plan, ahead, begunSeconds),
    },
  }));
}

/** That of a job which the transaction has just made ready. */
export async function startOf(tx: Transaction, jobId: string): Promise<JobStart> {
  const [found] = await findStarts(tx, eq(jobs.id, jobId));
  if (!found) throw new Error('a job that was just written is not there');
  return found.start;
}
