import { or, type SQL, sql } from 'drizzle-orm';
import { jobs } from '@/db/schema';
import { env } from '@/lib/env';

/**
 * Whether the job has been at work for so long; while it waits for its turn its time stands still. The database's clock is
 * the only one: it set the start, and it is the same for every machine.
 */
const hasWorkedFor = (minutes: number): SQL<boolean | null> => sql`
  ${jobs.startedAt} < coalesce(${jobs.idleSince}, now()) - ${jobs.idleMs} * interval '1 ms' - ${minutes} * interval '1 minute'`;

/** For a change of the job's row: it waits, unless a chunk besides this one is at work. */
export const idleWithout = (jobId: string, index: number): SQL<Date | null> => sql`
  case when not exists (
    select from chunks where job_id = ${jobId} and index <> ${index} and status = 'processing') then now() end`;

/** The same where none is. */
export const nowIdle = { idleSince: sql`coalesce(${jobs.idleSince}, now())` };

/** For a change of the job's row: its turn has come. */
export const atWork = () => ({
  idleMs: sql`${jobs.idleMs} + coalesce(extract(epoch from greatest(now() - ${jobs.idleSince}, '0')) * 1000, 0)`,
  idleSince: null,
});

/** From then on no chunk is begun: what there is becomes the result. */
export const isPastSoftLimit = (inMs = 0) => hasWorkedFor(env().JOB_SOFT_TIMEOUT_MINUTES - inMs / 60_000);

/** Whose turn has not come by then has none. */
const LONGEST_WAIT_HOURS = 24;

/** From the start of a run, whatever it waited for. */
export const longestRunMinutes = () => LONGEST_WAIT_HOURS * 60 + env().JOB_HARD_TIMEOUT_MINUTES;

const hasWaitedInVain = () => sql`${jobs.fileDueAt} is null and coalesce(
  ${jobs.startedAt} < now() - ${longestRunMinutes()} * interval '1 minute',
  ${jobs.queuedAt} < now() - ${LONGEST_WAIT_HOURS} * interval '1 hour')`;

/** From then on the job has failed, whatever its run is doing. */
export const isPastHardLimit = () => or(hasWorkedFor(env().JOB_HARD_TIMEOUT_MINUTES), hasWaitedInVain());
