import { sql } from 'drizzle-orm';
import { bigint, check, customType, index, integer, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
import { jobs } from './jobs';
import { users } from './users';

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });
const bytes = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

/** How often somebody did something in the present window. The names are those that rate-limiter-flexible asks for. */
export const rateLimits = pgTable(
  'rate_limits',
  {
    /** A hash of whom and what it counts: neither addresses nor e-mails are kept. */
    key: text('key').primaryKey(),
    points: integer('points').notNull(),
    /** The window's end in milliseconds since 1970. */
    expire: bigint('expire', { mode: 'number' }),
  },
  (table) => [index('rate_limits_by_end').on(table.expire)],
);

/** A request that its sender may send again. While it is answered somebody holds it; afterwards it has its answer. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    /** A hash of the sender, the route and their key. */
    id: text('id').primaryKey(),
    userId: text('user_id').references(() => users.id, { onDelete: 'cascade' }),
    /** The job that the request has made, even without an answer; or that its answer tells of. The row goes with it. */
    jobId: text('job_id').references(() => jobs.id, { onDelete: 'cascade' }),
    /** Who answers it now. Renewed while they do: one that has passed is of somebody who has died. */
    holder: text('holder').notNull(),
    heldUntil: instant('held_until').notNull(),
    /** Of what was sent. */
    fingerprint: text('fingerprint'),
    /** Sealed with the sender's key, which is nowhere here: an answer may hold a secret. */
    answer: bytes('answer'),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [
    index('idempotency_keys_by_end').on(table.expiresAt),
    index('idempotency_keys_by_user').on(table.userId),
    index('idempotency_keys_by_job').on(table.jobId),
    check(
      'idempotency_keys_answers_have_a_question',
      sql`${table.fingerprint} is not null or num_nonnulls(${table.answer}, ${table.jobId}) = 0`,
    ),
  ],
);
