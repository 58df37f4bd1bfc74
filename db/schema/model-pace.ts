import { sql } from 'drizzle-orm';
import { check, doublePrecision, integer, pgTable, text, timestamp } from 'drizzle-orm/pg-core';

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });
const clock = sql`clock_timestamp()`;

/** One row: how fast all lanes of all jobs of all processes may ask the model. Without it nothing is known yet. */
export const modelPace = pgTable(
  'model_pace',
  {
    id: text('id').primaryKey().default('model'),
    /** When somebody last asked for a turn: later than now, the clock has been set back, and all that is planned with it. */
    askedAt: instant('asked_at').notNull().default(clock),
    /** The last turn given; it lies ahead when callers wait. */
    lastTurnAt: instant('last_turn_at').notNull().default(clock),
    /** No turn before this: the model said when to come back. */
    resumeAt: instant('resume_at').notNull().default(clock),
    /** Calls a second. Null until the model has refused a call for the first time. */
    rate: doublePrecision('rate'),
    /** The rate that was last found too high. Null while one is being sought. */
    refusedRate: doublePrecision('refused_rate'),
    /** Turns, each counted for less the longer ago it was given. */
    recentTurns: doublePrecision('recent_turns').notNull().default(1),
    /** Each slow-down takes back the turns that were given before it and not used. */
    slowdowns: integer('slowdowns').notNull().default(0),
    successesSinceSlowdown: integer('successes_since_slowdown').notNull().default(0),
    refusalsSinceSuccess: integer('refusals_since_success').notNull().default(0),
  },
  (table) => [
    check('model_pace_is_one_row', sql`${table.id} = 'model'`),
    check('model_pace_goes_on', sql`${table.rate} > 0`),
  ],
);
