import { and, eq, isNull, lt, or, sql } from 'drizzle-orm';
import { db } from '@/db/client';
import { idempotencyKeys } from '@/db/schema';
import { newId } from '@/lib/ids';

export const HELD_SECONDS = 30;
const KEPT_HOURS = 25;

export const after = (seconds: number) => sql`clock_timestamp() + ${seconds} * interval '1 second'`;

export type Claim =
  /** To be answered by the caller, who holds it as `holder` for HELD_SECONDS at a time. */
  { state: 'mine'; holder: string } | { state: 'held' } | { state: 'answered'; fingerprint: string; answer: Buffer };

/** Takes a key for whoever is first: one that has never been seen, has expired, or whose holder has died. */
export async function claimKey(id: string, userId: string | null): Promise<Claim> {
  const holder = newId();
  const hold = { holder, heldUntil: after(HELD_SECONDS), expiresAt: after(KEPT_HOURS * 3600) };
  const isAbandoned = and(isNull(idempotencyKeys.answer), lt(idempotencyKeys.heldUntil, sql`clock_timestamp()`));
  const hasExpired = lt(idempotencyKeys.expiresAt, sql`clock_timestamp()`);
  const [mine] = await db()
    .insert(idempotencyKeys)
    .values({ id, userId, ...hold })
    .onConflictDoUpdate({
      target: idempotencyKeys.id,
      set: { ...hold, jobId: null, fingerprint: null, answer: null },
      setWhere: or(isAbandoned, hasExpired),
    })
    .returning({ id: idempotencyKeys.id });
  if (mine) return { state: 'mine', holder };
  const [found] = await db().select().from(idempotencyKeys).where(eq(idempotencyKeys.id, id));
  if (!found?.answer || found.fingerprint === null) return { state: 'held' };
  return { state: 'answered', fingerprint: found.fingerprint, answer: found.answer };
}
