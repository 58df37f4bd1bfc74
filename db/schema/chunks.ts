import { sql } from 'drizzle-orm';
import { check, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { jobs } from './jobs';

const counter = (name: string) => integer(name).notNull().default(0);

/** A range of pages: one step, one unit of retry. */
export const chunks = pgTable(
  'chunks',
  {
    jobId: text('job_id')
      .notNull()
      .references(() => jobs.id, { onDelete: 'cascade' }),
    index: integer('index').notNull(),
    pageStart: integer('page_start').notNull(),
    pageEnd: integer('page_end').notNull(),
    status: text('status', { enum: ['pending', 'processing', 'done', 'failed'] })
      .notNull()
      .default('pending'),
    attempts: counter('attempts'),
    sentences: counter('sentences'),
    modelCalls: counter('model_calls'),
    modelTokens: counter('model_tokens'),
    /** The id of what was settled last: settled once more, since nobody heard of it, it changes nothing. */
    lastSettlement: text('last_settlement'),
    errorCode: text('error_code'),
    errorDetail: text('error_detail'),
  },
  (table) => [
    primaryKey({ columns: [table.jobId, table.index] }),
    check('chunks_status_is_known', sql`${table.status} in ('pending', 'processing', 'done', 'failed')`),
    check('chunks_pages_in_order', sql`1 <= ${table.pageStart} and ${table.pageStart} <= ${table.pageEnd}`),
    check('chunks_failed_have_a_reason', sql`(${table.status} = 'failed') = (${table.errorCode} is not null)`),
  ],
);
