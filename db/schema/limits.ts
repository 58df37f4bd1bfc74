import { bigint, index, integer, pgTable, text } from 'drizzle-orm/pg-core';

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
