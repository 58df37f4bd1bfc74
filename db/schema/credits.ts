import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  text,
  timestamp,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { novels } from './novels';
import { users } from './users';

export const LEDGER_KINDS = ['grant', 'reserve', 'settle', 'release', 'adjustment'] as const;
export type LedgerKind = (typeof LEDGER_KINDS)[number];

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });
const owner = () =>
  text('user_id')
    .notNull()
    .references(() => users.id, { onDelete: 'cascade' });

/**
 * Append-only: triggers forbid every change, but that an account goes with all its entries. The balance of a month is the
 * sum of its amounts; a trigger keeps it from falling below zero. A run of a job is reserved once and closed once,
 * by `settle` (something was used) or `release` (nothing was); what was not used comes back to the month it came from.
 */
export const ledgerEntries = pgTable(
  'ledger_entries',
  {
    id: text('id').primaryKey(),
    userId: owner(),
    kind: text('kind', { enum: LEDGER_KINDS }).notNull(),
    /** What it does to the balance. */
    amount: integer('amount').notNull(),
    /** 2026-11, in UTC: whose credits they are. */
    month: text('month').notNull(),
    /** No reference: entries outlive the job. */
    jobId: text('job_id'),
    run: integer('run'),
    /** Of a reservation and of what closes it. */
    reserved: integer('reserved'),
    /** Of what closes a reservation. */
    used: integer('used'),
    /** Of an adjustment: who and why. */
    actor: text('actor'),
    note: text('note'),
    /** The kind of the entry that this one closes. */
    closes: text('closes', { enum: ['reserve'] }),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [
    index('ledger_entries_by_user').on(table.userId, table.month, table.id),
    uniqueIndex('ledger_entries_one_grant_a_month').on(table.userId, table.month).where(sql`${table.kind} = 'grant'`),
    unique('ledger_entries_once_a_run').on(table.jobId, table.run, table.kind),
    uniqueIndex('ledger_entries_one_closing_a_run')
      .on(table.jobId, table.run)
      .where(sql`${table.kind} in ('settle', 'release')`),
    unique('ledger_entries_reservation').on(
      table.jobId,
      table.run,
      table.kind,
      table.reserved,
      table.userId,
      table.month,
    ),
    // A closing names the reservation it closes: its amount, its owner and its month, or it is refused.
    foreignKey({
      name: 'ledger_entries_closing_has_its_reservation',
      columns: [table.jobId, table.run, table.closes, table.reserved, table.userId, table.month],
      foreignColumns: [table.jobId, table.run, table.kind, table.reserved, table.userId, table.month],
    }),
    check('ledger_entries_month_is_a_month', sql`${table.month} ~ '^\\d{4}-(0[1-9]|1[0-2])$'`),
    check('ledger_entries_amount_is_sane', sql`${table.amount} between -1000000000 and 1000000000`),
    check(
      'ledger_entries_add_up',
      sql`case ${table.kind}
        when 'grant' then ${table.amount} >= 0
        when 'reserve' then ${table.reserved} > 0 and ${table.amount} = -${table.reserved}
        when 'settle' then ${table.used} between 1 and ${table.reserved} and ${table.amount} = ${table.reserved} - ${table.used}
        when 'release' then ${table.used} = 0 and ${table.amount} = ${table.reserved}
        when 'adjustment' then ${table.amount} <> 0
        else false end is true`,
    ),
    check(
      'ledger_entries_belong_to_a_run_or_not',
      sql`(${table.kind} in ('reserve', 'settle', 'release')) = (num_nonnulls(${table.jobId}, ${table.run}, ${table.reserved}) = 3)
        and (${table.kind} in ('grant', 'adjustment')) = (num_nonnulls(${table.jobId}, ${table.run}, ${table.reserved}) = 0)
        and (${table.kind} in ('settle', 'release')) = (${table.used} is not null)
        and (${table.kind} in ('settle', 'release')) = (${table.closes} is not null)
        and (${table.closes} is null or ${table.closes} = 'reserve')`,
    ),
    check(
      'ledger_entries_adjustments_are_signed',
      sql`(${table.kind} = 'adjustment') = (${table.actor} is not null and ${table.note} is not null)`,
    ),
  ],
);

/**
 * What somebody who has deleted their account left of a month's credits, to the end of that month: registering anew gives
 * no more. Both names are hashed with the server's secret, and nothing says which account it was.
 */
export const departures = pgTable(
  'departures',
  {
    id: text('id').primaryKey(),
    address: text('address').notNull(),
    googleSubject: text('google_subject'),
    month: text('month').notNull(),
    left: integer('credits_left').notNull(),
  },
  (table) => [
    index('departures_by_address').on(table.address),
    index('departures_by_google_subject').on(table.googleSubject),
    check('departures_leave_something_or_nothing', sql`${table.left} >= 0`),
  ],
);

/** What the server would reserve for one file with these settings, for a while. The file is sent again, or was kept. */
export const quotes = pgTable(
  'quotes',
  {
    id: text('id').primaryKey(),
    userId: owner(),
    fileName: text('file_name').notNull(),
    sha256: text('sha256').notNull(),
    bytes: integer('bytes').notNull(),
    /** Where the file was kept for the start; then other settings can be quoted, and the job started, without it. */
    novelId: text('novel_id').references(() => novels.id, { onDelete: 'set null' }),
    pages: integer('pages').notNull(),
    engine: text('engine', { enum: ['offline', 'gemini'] }).notNull(),
    geminiModel: text('gemini_model', { enum: ['balanced', 'quality', 'speed'] }).notNull(),
    maxWords: integer('max_words').notNull(),
    minWords: integer('min_words').notNull(),
    ignoreDialogue: boolean('ignore_dialogue').notNull(),
    fixHyphenation: boolean('fix_hyphenation').notNull(),
    preserveFormatting: boolean('preserve_formatting').notNull(),
    estimatedTokens: integer('estimated_tokens').notNull(),
    estimatedCredits: integer('estimated_credits').notNull(),
    /** Sentences that the price does not hold, since an earlier job has them. */
    cachedSentences: integer('cached_sentences').notNull().default(0),
    priceVersion: text('price_version').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
    expiresAt: instant('expires_at').notNull(),
    usedAt: instant('used_at'),
  },
  (table) => [
    index('quotes_by_user').on(table.userId),
    index('quotes_by_expiry').on(table.expiresAt),
    index('quotes_by_novel').on(table.novelId),
    check('quotes_cost_something_or_nothing', sql`${table.estimatedTokens} >= 0 and ${table.estimatedCredits} >= 0`),
    check('quotes_sha256_is_hex', sql`${table.sha256} ~ '^[0-9a-f]{64}$'`),
    check('quotes_are_used_in_time', sql`${table.usedAt} <= ${table.expiresAt}`),
  ],
);
