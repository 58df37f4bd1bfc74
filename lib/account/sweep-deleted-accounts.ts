import { and, eq, exists, isNotNull, or } from 'drizzle-orm';
import { db } from '@/db/client';
import { apiKeys, jobs, novels, quotes, refreshTokens, userSettings, users, webhooks } from '@/db/schema';
import { eraseBelongings } from './erase-belongings';

/** Erases what a crash, or a request that was under way, has left of deleted accounts. Returns of how many. */
export async function sweepDeletedAccounts(): Promise<number> {
  const owning = [jobs, novels, quotes, webhooks, apiKeys, refreshTokens, userSettings].map((table) =>
    exists(db().select({ userId: table.userId }).from(table).where(eq(table.userId, users.id))),
  );
  const left = await db()
    .select({ id: users.id })
    .from(users)
    .where(and(isNotNull(users.deletedAt), or(...owning)));
  for (const { id } of left) await eraseBelongings(id);
  return left.length;
}
