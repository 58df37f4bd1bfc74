import { type SQL, sql } from 'drizzle-orm';
import { jobs } from '@/db/schema';
import { env } from '@/lib/env';

/** The database's clock is the only one: it set the start, and it is the same for every machine. */
export const startedBefore = (minutes: number): SQL<boolean | null> =>
  sql`${jobs.startedAt} < now() - ${minutes} * interval '1 minute'`;

/** From then on no chunk is begun: what there is becomes the result. */
export const isPastSoftLimit = (inMs = 0) => startedBefore(env().JOB_SOFT_TIMEOUT_MINUTES - inMs / 60_000);

/** Whose turn has not come by then has none: its runs end before they begin. */
const LONGEST_WAIT_HOURS = 24;

export const hasWaitedInVain: SQL = sql`${jobs.startedAt} is null and ${jobs.fileDueAt} is null
  and ${jobs.queuedAt} < now() - ${LONGEST_WAIT_HOURS} * interval '1 hour'`;
