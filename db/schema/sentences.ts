import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';

/** The author's sentences, in order, each once: a position is a place in the novel, not a text, so repetitions stay. */
export const sentences = pgTable(
  'sentences',
  {
    jobId: text('job_id').notNull(),
    position: integer('position').notNull(),
    /**
     * That of the page on which it starts, whole, even when it ends on the next. There is such a chunk, and the sentence
     * goes with it: no foreign key, which looks at one row at a time, but triggers, for all of a statement.
     */
    chunkIndex: integer('chunk_index').notNull(),
    pageStart: integer('page_start').notNull(),
    pageEnd: integer('page_end').notNull(),
    paragraph: integer('paragraph').notNull(),
    kind: text('kind', { enum: ['narration', 'dialogue', 'heading', 'verse', 'note'] }).notNull(),
    original: text('original').notNull(),
    /** Only of a rewritten one; what is kept or skipped is read as its original. */
    rewrites: text('rewrites').array().notNull().default([]),
    status: text('status', { enum: ['pending', 'kept', 'rewritten', 'skipped', 'failed'] }).notNull(),
    skipReason: text('skip_reason'),
    method: text('method', { enum: ['kept', 'offline', 'gemini', 'gemini_retry', 'gemini_stronger', 'reader'] }),
    flags: text('flags').array().notNull().default([]),
    /** The reader has said how it is to be; no run changes it. */
    locked: boolean('locked').notNull().default(false),
  },
  (table) => [
    primaryKey({ columns: [table.jobId, table.position] }),
    index('sentences_by_chunk').on(table.jobId, table.chunkIndex, table.position),
    check('sentences_status_is_known', sql`${table.status} in ('pending', 'kept', 'rewritten', 'skipped', 'failed')`),
    check(
      'sentences_rewritten_have_rewrites',
      sql`(${table.status} = 'rewritten') = (cardinality(${table.rewrites}) > 0)`,
    ),
    check('sentences_skipped_have_a_reason', sql`(${table.status} = 'skipped') = (${table.skipReason} is not null)`),
    check(
      'sentences_locked_are_settled',
      sql`not ${table.locked} or ${table.status} in ('kept', 'rewritten', 'skipped')`,
    ),
    check('sentences_pages_in_order', sql`1 <= ${table.pageStart} and ${table.pageStart} <= ${table.pageEnd}`),
  ],
);
