import { and, eq, isNull, sql } from 'drizzle-orm';
import { db } from '@/db/client';
import { ledgerEntries, users } from '@/db/schema';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { newId } from '@/lib/ids';
import { monthOf } from './month';
import { MOST_CREDITS } from './schema';

export type CreditsTransaction = Parameters<Parameters<ReturnType<typeof db>['transaction']>[0]>[0];

/** One run of a job; `run` counts the job's retries. */
export interface Run {
  userId: string;
  jobId: string;
  run: number;
}

/**
 * Holds the owner's row to the end of the transaction, as everyone does who spends. It may be taken while a job's row is
 * held, never before one.
 */
async function lockOwner(tx: CreditsTransaction, userId: string): Promise<void> {
  const isThere = and(eq(users.id, userId), isNull(users.deletedAt));
  const found = await tx.select({ id: users.id }).from(users).where(isThere).for('no key update');
  if (found.length === 0) throw new AppError('NOT_FOUND', 'There is no such account.');
}

/** Gives the month its credits, the first time anybody asks and never again. */
export async function grantMonth(tx: CreditsTransaction, userId: string, month: string): Promise<void> {
  await tx
    .insert(ledgerEntries)
    .values({ id: newId(), userId, month, kind: 'grant', amount: env().MONTHLY_CREDITS })
    .onConflictDoNothing();
}

async function balanceOf(tx: CreditsTransaction, userId: string, month: string): Promise<number> {
  const [row] = await tx
    .select({ balance: sql<number>`coalesce(sum(${ledgerEntries.amount}), 0)::float8` })
    .from(ledgerEntries)
    .where(and(eq(ledgerEntries.userId, userId), eq(ledgerEntries.month, month)));
  return row?.balance ?? 0;
}

/** What a month's balance may come back to: itself, and all that is reserved. */
async function heldOf(tx: CreditsTransaction, userId: string, month: string): Promise<number> {
  const { kind, amount, used } = ledgerEntries;
  const [row] = await tx
    .select({
      held: sql<number>`sum(case when ${kind} in ('grant', 'adjustment') then ${amount} else -coalesce(${used}, 0) end)::float8`,
    })
    .from(ledgerEntries)
    .where(and(eq(ledgerEntries.userId, userId), eq(ledgerEntries.month, month)));
  return row?.held ?? 0;
}

/** What the runs of today were charged, and may still be. */
async function spentToday(tx: CreditsTransaction, userId: string): Promise<number> {
  const [row]: { spent: number }[] = await tx.execute(sql`
    select coalesce(sum(opening.reserved - coalesce(closing.amount, 0)), 0)::float8 as spent
    from ledger_entries opening
    left join ledger_entries closing on closing.job_id = opening.job_id and closing.run = opening.run
      and closing.kind in ('settle', 'release')
    where opening.user_id = ${userId} and opening.kind = 'reserve'
      and opening.created_at >= date_trunc('day', now(), 'UTC')`);
  return row?.spent ?? 0;
}

/**
 * Puts credits aside for one run; nothing is written for a run that costs nothing.
 * Throws INSUFFICIENT_CREDITS with the shortfall, or CREDIT_LIMIT_REACHED over the cap of a job or of a day.
 */
export async function reserveCredits(tx: CreditsTransaction, { userId, jobId, run }: Run, credits: number) {
  if (credits === 0) return;
  const { MAX_CREDITS_PER_JOB: perJob, MAX_CREDITS_PER_DAY: perDay } = env();
  if (credits > perJob) throw overCap(`This run may cost ${credits} credits; at most ${perJob} are allowed for one.`);
  const month = monthOf(new Date());
  // One message to the database, which does it in this order.
  const [, , balance, spent] = await Promise.all([
    lockOwner(tx, userId),
    grantMonth(tx, userId, month),
    balanceOf(tx, userId, month),
    spentToday(tx, userId),
  ]);
  if (balance < credits) throw tooFew(credits, balance);
  const left = perDay - spent;
  if (left < credits) throw overCap(`This run may cost ${credits} credits; ${Math.max(0, left)} are left for today.`);
  await tx
    .insert(ledgerEntries)
    .values({ id: newId(), userId, month, kind: 'reserve', amount: -credits, jobId, run, reserved: credits });
}

/** What was put aside for a run, whether or not it has been closed; 0 where nothing was. */
export async function findReserved({ userId, jobId, run }: Run): Promise<number> {
  const ofRun = and(eq(ledgerEntries.jobId, jobId), eq(ledgerEntries.run, run), eq(ledgerEntries.userId, userId));
  const [row] = await db()
    .select({ reserved: ledgerEntries.reserved })
    .from(ledgerEntries)
    .where(and(ofRun, eq(ledgerEntries.kind, 'reserve')));
  return row?.reserved ?? 0;
}

/**
 * Closes the reservation of a run: charges what it used, never more than was reserved, and gives the rest back to the
 * month it came from. A run without a reservation, or whose reservation is closed, is charged nothing.
 * Answers what was charged by this call.
 */
export async function settleCredits(tx: CreditsTransaction, { userId, jobId, run }: Run, credits: number) {
  const ofRun = and(eq(ledgerEntries.jobId, jobId), eq(ledgerEntries.run, run), eq(ledgerEntries.userId, userId));
  const [open] = await tx
    .select({ reserved: ledgerEntries.reserved, month: ledgerEntries.month })
    .from(ledgerEntries)
    .where(and(ofRun, eq(ledgerEntries.kind, 'reserve')));
  if (!open?.reserved) return 0;
  const { month, reserved } = open;
  const used = Math.min(reserved, credits);
  const closed = await tx
    .insert(ledgerEntries)
    .values({
      id: newId(),
      userId,
      month,
      kind: used > 0 ? 'settle' : 'release',
      amount: reserved - used,
      jobId,
      run,
      reserved,
      used,
      closes: 'reserve',
    })
    .onConflictDoNothing()
    .returning({ id: ledgerEntries.id });
  return closed.length > 0 ? used : 0;
}

const tooFew = (credits: number, balance: number) =>
  new AppError('INSUFFICIENT_CREDITS', `This needs ${credits} credits and ${balance} are left this month.`, {
    facts: { shortfall_credits: credits - balance },
  });

const overCap = (detail: string) => new AppError('CREDIT_LIMIT_REACHED', detail);

const tooMany = () =>
  new AppError('INVALID_INPUT', undefined, {
    fields: [{ field: 'amount', message: `a month holds ${MOST_CREDITS} credits at most` }],
  });

/**
 * Adds an operator's entry to this month, with who and why. Throws INSUFFICIENT_CREDITS when it takes more than there is,
 * INVALID_INPUT when with it, and all that is reserved, there would be more than a month may hold.
 */
export async function adjustCredits(
  tx: CreditsTransaction,
  userId: string,
  { amount, note }: { amount: number; note: string },
  actor: string,
): Promise<void> {
  const month = monthOf(new Date());
  await lockOwner(tx, userId);
  await grantMonth(tx, userId, month);
  const balance = await balanceOf(tx, userId, month);
  if (balance + amount < 0) throw tooFew(-amount, balance);
  if (amount > 0 && (await heldOf(tx, userId, month)) + amount > MOST_CREDITS) throw tooMany();
  await tx.insert(ledgerEntries).values({ id: newId(), userId, month, kind: 'adjustment', amount, actor, note });
}
