import { createHmac } from 'node:crypto';
import { and, eq, inArray, lt, or, sql } from 'drizzle-orm';
import { db } from '@/db/client';
import { departures, ledgerEntries } from '@/db/schema';
import { authSecret } from '@/lib/auth/auth-secret';
import { env } from '@/lib/env';
import { newId } from '@/lib/ids';
import type { CreditsTransaction } from './ledger';
import { monthOf } from './month';
import { MOST_CREDITS } from './schema';

export interface Person {
  id: string;
  email: string;
  googleSubject?: string | null;
}

const thisMonth = () => monthOf(new Date());

const hash = (kind: 'address' | 'google', name: string) =>
  createHmac('sha256', `departure:${authSecret()}`).update(`${kind} ${name}`).digest('base64url');

const namesOf = ({ email, googleSubject }: Person) => ({
  address: hash('address', email),
  googleSubject: googleSubject ? hash('google', googleSubject) : null,
});

/**
 * Undefined for who has not asked this month, and so has all of it. No more than a grant can be, which is all that comes
 * back: a ledger from before adjustments had a bound may hold more than the column.
 */
async function leftOf(store: Pick<CreditsTransaction, 'select'>, userId: string): Promise<number | undefined> {
  const [row] = await store
    .select({ left: sql<number | null>`sum(${ledgerEntries.amount})::float8` })
    .from(ledgerEntries)
    .where(and(eq(ledgerEntries.userId, userId), eq(ledgerEntries.month, thisMonth())));
  return typeof row?.left === 'number' ? Math.min(row.left, MOST_CREDITS) : undefined;
}

interface Departure {
  id: string;
  left: number;
}

/** Writes down what somebody leaves, in the transaction in which they go. What is reserved then counts as used at first. */
export async function noteDeparture(tx: CreditsTransaction, person: Person): Promise<Departure | undefined> {
  const left = await leftOf(tx, person.id);
  if (left === undefined) return undefined;
  const id = newId();
  await tx.insert(departures).values({ id, ...namesOf(person), month: thisMonth(), left });
  return { id, left };
}

/** Adds what has come back since, once their jobs are charged. */
export async function correctDeparture(userId: string, { id, left }: Departure): Promise<void> {
  const returned = ((await leftOf(db(), userId)) ?? left) - left;
  await db()
    .update(departures)
    .set({ left: sql`${departures.left} + ${returned}` })
    .where(eq(departures.id, id));
}

/**
 * In the transaction that makes an account: who has been here this month gets what they left, and no more. The row stays,
 * with nothing left, or each of their two names would be good for it.
 */
export async function grantWhatWasLeft(tx: CreditsTransaction, person: Person): Promise<void> {
  const { address, googleSubject } = namesOf(person);
  const isTheirs = or(
    eq(departures.address, address),
    googleSubject ? eq(departures.googleSubject, googleSubject) : undefined,
  );
  const theirs = await tx
    .select()
    .from(departures)
    .where(and(isTheirs, eq(departures.month, thisMonth())))
    .orderBy(departures.id)
    .for('update');
  if (theirs.length === 0) return;
  const ids = theirs.map(({ id }) => id);
  await tx.update(departures).set({ left: 0 }).where(inArray(departures.id, ids));
  const left = theirs.reduce((sum, departure) => sum + departure.left, 0);
  const amount = Math.min(left, env().MONTHLY_CREDITS);
  await tx.insert(ledgerEntries).values({ id: newId(), userId: person.id, month: thisMonth(), kind: 'grant', amount });
}

/** Forgets those of months that have passed. */
export async function sweepDepartures(): Promise<void> {
  await db().delete(departures).where(lt(departures.month, thisMonth()));
}
