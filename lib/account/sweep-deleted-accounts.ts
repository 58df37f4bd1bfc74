import { and, eq, exists, isNotNull, or } from 'drizzle-orm';
import { db } from '@/db/client';
import { users } from '@/db/schema';
import { sweepDepartures } from '@/lib/credits/departures';
import { BELONGINGS, eraseBelongings } from './erase-belongings';

/**
 * Erases what a crash, or a request that was under way, has left of deleted accounts, and what is known of those who went
 * in earlier months. Returns of how many something was left.
 */
export async function sweepDeletedAccounts(): Promise<number> {
  await sweepDepartures();
  const owning = BELONGINGS.map((table) =>
    exists(db().select({ userId: table.userId }).from(table).where(eq(table.userId, users.id))),
  );
  const left = await db()
    .select({ id: users.id })
    .from(users)
    .where(and(isNotNull(users.deletedAt), or(...owning)));
  for (const { id } of left) await eraseBelongings(id);
  return left.length;
}
