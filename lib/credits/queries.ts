import { and, desc, eq, inArray, lt, type SQL, sql } from 'drizzle-orm';
import { db } from '@/db/client';
import { jobs, ledgerEntries, novels } from '@/db/schema';
import { env } from '@/lib/env';
import { grantMonth } from './ledger';
import { monthOf, nextMonth } from './month';
import type { Credits, LedgerPage, LedgerQuery, Receipt } from './schema';

/** This month's credits; the first to ask in a month is granted them. */
export async function getCredits(userId: string): Promise<Credits> {
  const now = new Date();
  const month = monthOf(now);
  const [sums] = await db().transaction(async (tx) => {
    await grantMonth(tx, userId, month);
    const sum = (what: SQL) => sql<number>`coalesce(sum(${what}), 0)::float8`;
    const { kind, amount, reserved, used } = ledgerEntries;
    const only = (wanted: string, value: SQL) => sum(sql`case when ${kind} = ${wanted} then ${value} end`);
    return tx
      .select({
        balance: sum(sql`${amount}`),
        granted: only('grant', sql`${amount}`),
        adjusted: only('adjustment', sql`${amount}`),
        reserved: sum(sql`case when ${kind} = 'reserve' then ${reserved} else -${reserved} end`),
        used: sum(sql`${used}`),
        refunded: sum(sql`${reserved} - ${used}`),
      })
      .from(ledgerEntries)
      .where(and(eq(ledgerEntries.userId, userId), eq(ledgerEntries.month, month)));
  });
  const none = { balance: 0, granted: 0, adjusted: 0, reserved: 0, used: 0, refunded: 0 };
  return { month, ...(sums ?? none), next_reset: nextMonth(now).toISOString() };
}

/** What each has left this month; who has not asked this month is given its credits as soon as they do. */
export async function balancesOf(userIds: string[]): Promise<(userId: string) => number> {
  const { userId, month, kind, amount } = ledgerEntries;
  const rows = await db()
    .select({
      userId,
      balance: sql<number>`sum(${amount})::float8`,
      isGranted: sql<boolean>`bool_or(${kind} = 'grant')`,
    })
    .from(ledgerEntries)
    .where(and(inArray(userId, userIds), eq(month, monthOf(new Date()))))
    .groupBy(userId);
  const known = new Map(rows.map((row) => [row.userId, row.balance + (row.isGranted ? 0 : env().MONTHLY_CREDITS)]));
  return (id) => known.get(id) ?? env().MONTHLY_CREDITS;
}

/** What all runs of a job reserved, were charged and got back, from the ledger itself. */
export async function receiptOf(jobId: string): Promise<Receipt> {
  const { kind, reserved, used } = ledgerEntries;
  const [sums] = await db()
    .select({
      reserved: sql<number>`coalesce(sum(${reserved}) filter (where ${kind} = 'reserve'), 0)::float8`,
      settled: sql<number>`coalesce(sum(${used}), 0)::float8`,
      refunded: sql<number>`coalesce(sum(${reserved} - ${used}), 0)::float8`,
    })
    .from(ledgerEntries)
    .where(eq(ledgerEntries.jobId, jobId));
  return sums ?? { reserved: 0, settled: 0, refunded: 0 };
}

/** The newest first. */
export async function listLedger(userId: string, { month, cursor, limit }: LedgerQuery): Promise<LedgerPage> {
  const conditions: SQL[] = [eq(ledgerEntries.userId, userId)];
  if (month) conditions.push(eq(ledgerEntries.month, month));
  if (cursor) conditions.push(lt(ledgerEntries.id, cursor));
  const rows = await db()
    .select({ entry: ledgerEntries, novel: novels.name })
    .from(ledgerEntries)
    .leftJoin(jobs, eq(jobs.id, ledgerEntries.jobId))
    .leftJoin(novels, eq(novels.id, jobs.novelId))
    .where(and(...conditions))
    .orderBy(desc(ledgerEntries.id))
    .limit(limit + 1);
  const page = rows.slice(0, limit);
  return {
    items: page.map(
      ({ entry: { id, kind, amount, month: of, jobId, run, reserved, used, note, createdAt }, novel }) => ({
        id,
        kind,
        amount,
        month: of,
        job_id: jobId,
        novel,
        run,
        reserved,
        used,
        note,
        created_at: createdAt.toISOString(),
      }),
    ),
    next: rows.length > limit ? (page.at(-1)?.entry.id ?? null) : null,
  };
}
