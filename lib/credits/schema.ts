import { z } from 'zod';
import { wholeNumber } from '@/lib/whole-number';

const count = z.int().nonnegative();
/** Where a list goes on: the id of its last item. */
export const Cursor = z
  .string()
  .regex(/^[0-9a-z]{26}$/, '“next” of the page before')
  .describe('“next” of the page before');

const Month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'for example 2026-11');

/** balance = granted + adjusted − used − reserved, of one month. */
export const Credits = z
  .object({
    month: Month.describe('in UTC; credits do not pass from one month to the next'),
    balance: count,
    granted: count,
    adjusted: z.int(),
    reserved: count.describe('by runs that have not ended'),
    used: count,
    refunded: count.describe('reserved by runs that have ended, and not used'),
    next_reset: z.iso.datetime(),
  })
  .meta({ id: 'Credits' });
export type Credits = z.infer<typeof Credits>;

/** Of all runs of a job; reserved = settled + refunded once it has ended. */
export const Receipt = z.object({ reserved: count, settled: count, refunded: count });
export type Receipt = z.infer<typeof Receipt>;

const LedgerEntry = z
  .object({
    id: z.string(),
    kind: z.enum(['grant', 'reserve', 'settle', 'release', 'adjustment']),
    amount: z.int().describe('What it does to the balance; the balance is the sum of all'),
    month: Month,
    job_id: z.string().nullable(),
    novel: z.string().nullable().describe('its name; gone with its job'),
    run: count.nullable().describe('of the job: 0, and one more with each retry'),
    reserved: count.nullable(),
    used: count.nullable().describe('what a run was charged in the end; the rest of what it had reserved came back'),
    note: z.string().nullable(),
    created_at: z.iso.datetime(),
  })
  .meta({ id: 'LedgerEntry' });

export const LedgerPage = z.object({ items: z.array(LedgerEntry), next: z.string().nullable() });
export type LedgerEntry = z.infer<typeof LedgerEntry>;
export type LedgerPage = z.infer<typeof LedgerPage>;

export const LedgerQuery = z.object({
  month: Month.optional().describe('default: all months'),
  cursor: Cursor.optional(),
  limit: wholeNumber(1, 100).default(50),
});
export type LedgerQuery = z.infer<typeof LedgerQuery>;

/** What one entry moves, and what the balance of a month may be brought to by hand. */
export const MOST_CREDITS = 1_000_000_000;

export const Adjustment = z.object({
  amount: z
    .int()
    .min(-MOST_CREDITS)
    .max(MOST_CREDITS)
    .refine((amount) => amount !== 0, 'not 0'),
  note: z.string().trim().min(1).max(500),
});
export type Adjustment = z.infer<typeof Adjustment>;
