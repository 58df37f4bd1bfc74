import { sql } from 'drizzle-orm';
import { bigint, boolean, check, index, integer, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
import { novels } from './novels';
import { users } from './users';

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });
const counter = (name: string) => integer(name).notNull().default(0);

/** One run over a novel. The counters are what readers see; they change in the transaction that changes what they count. */
export const jobs = pgTable(
  'jobs',
  {
    id: text('id').primaryKey(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    novelId: text('novel_id')
      .notNull()
      .references(() => novels.id),
    status: text('status', { enum: ['pending', 'processing', 'completed', 'failed', 'cancelled'] })
      .notNull()
      .default('pending'),
    step: text('step', {
      enum: ['queued', 'reading', 'rewriting', 'completed', 'failed', 'cancelled'],
    })
      .notNull()
      .default('queued'),
    partial: boolean('partial').notNull().default(false),

    // The settings it was started with
    engine: text('engine', { enum: ['offline', 'gemini'] }).notNull(),
    geminiModel: text('gemini_model', { enum: ['balanced', 'quality', 'speed'] }).notNull(),
    maxWords: integer('max_words').notNull(),
    minWords: integer('min_words').notNull(),
    ignoreDialogue: boolean('ignore_dialogue').notNull(),
    fixHyphenation: boolean('fix_hyphenation').notNull(),
    preserveFormatting: boolean('preserve_formatting').notNull(),
    /** By a retry, so that not every rewrite was made with those above. */
    settingsChanged: boolean('settings_changed').notNull().default(false),

    // The plan
    workers: integer('workers').notNull(),
    totalChunks: integer('total_chunks').notNull(),

    // Counters
    processedChunks: counter('processed_chunks'),
    failedChunks: counter('failed_chunks'),
    sentencesTotal: counter('sentences_total'),
    sentencesKept: counter('sentences_kept'),
    sentencesRewritten: counter('sentences_rewritten'),
    sentencesSkipped: counter('sentences_skipped'),
    sentencesFailed: counter('sentences_failed'),
    /** Of the rewritten: taken over from earlier jobs. Until the novel has been read, how many the price counts on. */
    sentencesCached: counter('sentences_cached'),
    modelCalls: counter('model_calls'),
    modelTokens: counter('model_tokens'),
    retryCount: counter('retry_count'),
    /** The engine's run that does the job. Another that comes late, or comes back, finds that the job is not its own. */
    runId: text('run_id'),
    /** Until when that run may be silent, because the model said when to ask again. */
    waitsUntil: instant('waits_until'),

    // Credits of all its runs; the ledger has each of them
    estimatedTokens: counter('estimated_tokens'),
    estimatedCredits: counter('estimated_credits'),
    reservedCredits: counter('reserved_credits'),
    actualCredits: counter('actual_credits'),
    /** Model tokens that earlier runs have been charged for, or that came in after their settlement. */
    tokensBeforeRun: counter('tokens_before_run'),
    /** A confirmed job waits for its file until then; null once it has it. */
    fileDueAt: instant('file_due_at'),

    /** Page numbers by kind, for all kinds but `text`. */
    pagesByKind: jsonb('pages_by_kind').$type<Record<string, number[]>>().notNull().default({}),

    errorCode: text('error_code'),
    errorDetail: text('error_detail'),
    cancelledAt: instant('cancelled_at'),
    cancelledBy: text('cancelled_by'),

    /** Raised by a trigger at every change: the ETag, and the id of live events. */
    version: bigint('version', { mode: 'number' }).notNull().default(1),
    createdAt: instant('created_at').notNull().defaultNow(),
    /** When it last began to wait: at its creation, or at a retry. */
    queuedAt: instant('queued_at').notNull().defaultNow(),
    startedAt: instant('started_at'),
    /** Since when none of its chunks is at work, though there is something to do: it waits for its turn. */
    idleSince: instant('idle_since'),
    /** How long it has waited so since its start; its time limits do not count that. */
    idleMs: bigint('idle_ms', { mode: 'number' }).notNull().default(0),
    completedAt: instant('completed_at'),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  (table) => [
    index('jobs_by_user').on(table.userId, table.createdAt, table.id),
    index('jobs_by_novel').on(table.novelId),
    index('jobs_unfinished').on(table.updatedAt).where(sql`${table.status} in ('pending', 'processing')`),
    check(
      'jobs_status_is_known',
      sql`${table.status} in ('pending', 'processing', 'completed', 'failed', 'cancelled')`,
    ),
    check('jobs_settings_in_range', sql`${table.maxWords} between 3 and 50 and ${table.minWords} between 1 and 10`),
    check('jobs_plan_makes_sense', sql`${table.totalChunks} >= 1 and ${table.workers} >= 1`),
    check(
      'jobs_chunks_add_up',
      sql`${table.processedChunks} >= 0 and ${table.failedChunks} >= 0 and ${table.processedChunks} + ${table.failedChunks} <= ${table.totalChunks}`,
    ),
    check(
      'jobs_never_settle_more_than_there_is',
      sql`least(${table.sentencesKept}, ${table.sentencesRewritten}, ${table.sentencesSkipped}, ${table.sentencesFailed}) >= 0
        and ${table.sentencesKept} + ${table.sentencesRewritten} + ${table.sentencesSkipped} + ${table.sentencesFailed} <= ${table.sentencesTotal}`,
    ),
    // The accounting that the earlier system lacked: a job cannot be completed with a sentence unaccounted for.
    check(
      'jobs_complete_only_when_every_sentence_is_accounted_for',
      sql`${table.status} <> 'completed'
        or (${table.sentencesKept} + ${table.sentencesRewritten} + ${table.sentencesSkipped} + ${table.sentencesFailed} = ${table.sentencesTotal}
          and ${table.processedChunks} + ${table.failedChunks} = ${table.totalChunks})`,
    ),
    check(
      'jobs_partial_means_completed_with_gaps',
      sql`not ${table.partial} or (${table.status} = 'completed' and ${table.failedChunks} > 0)`,
    ),
    check(
      'jobs_ended_have_an_end',
      sql`(${table.status} in ('completed', 'failed', 'cancelled')) = (${table.completedAt} is not null)`,
    ),
    check(
      'jobs_charge_no_more_than_was_reserved',
      sql`0 <= ${table.actualCredits} and ${table.actualCredits} <= ${table.reservedCredits} and ${table.tokensBeforeRun} <= ${table.modelTokens}`,
    ),
    check(
      'jobs_start_with_their_file',
      sql`${table.fileDueAt} is null or ${table.status} in ('pending', 'failed', 'cancelled')`,
    ),
    check('jobs_cancelled_have_a_time', sql`(${table.status} = 'cancelled') = (${table.cancelledAt} is not null)`),
    check('jobs_failed_have_a_reason', sql`(${table.status} = 'failed') = (${table.errorCode} is not null)`),
  ],
);
