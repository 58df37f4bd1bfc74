import { lt, sql } from 'drizzle-orm';
import { db } from '@/db/client';
import { idempotencyKeys, rateLimits } from '@/db/schema';

/** Forgets answers past their time, and counts of windows that have ended. Returns how many of each. */
export async function sweepKeys(): Promise<{ keys: number; counts: number }> {
  const keys = await db()
    .delete(idempotencyKeys)
    .where(lt(idempotencyKeys.expiresAt, sql`clock_timestamp()`))
    .returning({ id: idempotencyKeys.id });
  const counts = await db()
    .delete(rateLimits)
    .where(lt(rateLimits.expire, Date.now()))
    .returning({ key: rateLimits.key });
  return { keys: keys.length, counts: counts.length };
}
