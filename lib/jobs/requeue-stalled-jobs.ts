import { and, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { db } from '@/db/client';
import { jobs } from '@/db/schema';
import { lockJob, unheldJobs } from './lock-job';
import { type Claim, isRunOf } from './start-job';
import { JOB_TRANSITIONS } from './status';
import { isPastSoftLimit, nowIdle } from './time-limits';

/** A chunk that begins and an answer that comes both change the job; between them lies at most one call, of 4 minutes. */
const STALLED_MINUTES = 10;

const REQUEUED = {
  status: JOB_TRANSITIONS.requeue.to,
  step: 'queued',
  runId: null,
  ...nowIdle,
} as const;

/** processing → pending, taken from its run in one statement. */
export const requeueJobs = (which: SQL | undefined) =>
  db()
    .update(jobs)
    .set(REQUEUED)
    .where(inArray(jobs.id, unheldJobs(JOB_TRANSITIONS.requeue.from, which)))
    .returning({ id: jobs.id });

/** The same for one job, which is waited for: nobody comes again. False when it is not, or no longer, of this run. */
export const requeueRun = (jobId: string, { run, runId }: Claim): Promise<boolean> =>
  db().transaction(async (tx) => {
    const job = await lockJob(tx, jobId);
    if (job?.retryCount !== run || !isRunOf(job, runId)) return false;
    await tx.update(jobs).set(REQUEUED).where(eq(jobs.id, jobId));
    return true;
  });

/**
 * The model has said when to ask again: until then the run may be silent, however long that is. False when nothing of the
 * job may begin any more by then, or it is not this run's.
 */
export async function expectPause(jobId: string, runId: string | undefined, delayMs: number): Promise<boolean> {
  const until = sql`greatest(${jobs.waitsUntil}, now() + ${delayMs} * interval '1 ms')`;
  const isMine = runId === undefined ? undefined : eq(jobs.runId, runId);
  const isInTime = sql`${isPastSoftLimit(delayMs)} is not true`;
  const waiting = await db()
    .update(jobs)
    .set({ waitsUntil: until })
    .where(and(eq(jobs.id, jobId), eq(jobs.status, 'processing'), isMine, isInTime))
    .returning({ id: jobs.id });
  return waiting.length > 0;
}

/**
 * For jobs that have not changed for so long that their run must be lost; the next sweep starts another. Nobody needs to
 * know that the old one is dead: the job is taken from it here, and whatever it still does finds a job that is not its
 * own. Only sentences that it has paid for already are still stored, once.
 */
export async function requeueStalledJobs(): Promise<number> {
  const stalled = sql`
    greatest(${jobs.updatedAt}, ${jobs.waitsUntil}) < now() - ${STALLED_MINUTES} * interval '1 minute'`;
  return (await requeueJobs(stalled)).length;
}
