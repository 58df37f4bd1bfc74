import { sql } from 'drizzle-orm';
import { check, index, integer, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
import { jobs } from './jobs';
import { users } from './users';

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** Where a user wants to be told of the ends of their jobs. */
export const webhooks = pgTable(
  'webhooks',
  {
    id: text('id').primaryKey(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    url: text('url').notNull(),
    /** job.completed, job.failed, job.cancelled */
    events: text('events').array().notNull(),
    /** Signs what is sent, so it must be read again; sealed with the server's secret. */
    sealedSecret: text('sealed_secret').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [
    index('webhooks_by_user').on(table.userId, table.id),
    check('webhooks_want_something', sql`cardinality(${table.events}) > 0`),
  ],
);

/**
 * One message to one webhook. A trigger writes it in the transaction that ends the job, so that no end is untold,
 * whichever verb it came from.
 */
export const webhookDeliveries = pgTable(
  'webhook_deliveries',
  {
    /** The `webhook-id`, the same at every attempt. */
    id: text('id').primaryKey(),
    webhookId: text('webhook_id')
      .notNull()
      .references(() => webhooks.id, { onDelete: 'cascade' }),
    /** Null in a trial message. */
    jobId: text('job_id').references(() => jobs.id, { onDelete: 'cascade' }),
    event: text('event').notNull(),
    /** The job as it ended, without a word of its text. */
    data: jsonb('data').$type<Record<string, unknown>>().notNull(),
    status: text('status', { enum: ['pending', 'delivered', 'failed'] })
      .notNull()
      .default('pending'),
    attempts: integer('attempts').notNull().default(0),
    /** Of the last attempt: the answer's status, or why there was none. */
    lastStatus: integer('last_status'),
    lastError: text('last_error'),
    /** When it is to be tried; a sweep sees to one that is late. */
    dueAt: instant('due_at').notNull().defaultNow(),
    createdAt: instant('created_at').notNull().defaultNow(),
    endedAt: instant('ended_at'),
  },
  (table) => [
    index('webhook_deliveries_by_webhook').on(table.webhookId, table.createdAt),
    index('webhook_deliveries_by_job').on(table.jobId),
    index('webhook_deliveries_due').on(table.dueAt).where(sql`${table.status} = 'pending'`),
    check('webhook_deliveries_end', sql`(${table.status} = 'pending') = (${table.endedAt} is null)`),
  ],
);
