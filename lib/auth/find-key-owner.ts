import { and, eq, isNull, lte, or, sql } from 'drizzle-orm';
import { db } from '@/db/client';
import { apiKeys, type KeyScope, users } from '@/db/schema';
import type { UserRow } from './find-user';
import { hashSecret } from './secret-hash';

const MINUTE_MS = 60_000;

/** Whose living key this is. Its last use is written down once a minute at most. */
export async function findKeyOwner(key: string): Promise<{ user: UserRow; scopes: KeyScope[] } | undefined> {
  const [found] = await db()
    .select({ key: apiKeys, user: users })
    .from(apiKeys)
    .innerJoin(users, eq(users.id, apiKeys.userId))
    .where(and(eq(apiKeys.keyHash, hashSecret(key)), isNull(apiKeys.revokedAt), isNull(users.deletedAt)));
  if (!found) return undefined;
  const { id, scopes, lastUsedAt } = found.key;
  if (!lastUsedAt || Date.now() - lastUsedAt.getTime() >= MINUTE_MS) {
    await db()
      .update(apiKeys)
      .set({ lastUsedAt: sql`now()` })
      // Of many who come at once, one.
      .where(
        and(
          eq(apiKeys.id, id),
          or(isNull(apiKeys.lastUsedAt), lte(apiKeys.lastUsedAt, sql`now() - interval '1 minute'`)),
        ),
      );
  }
  return { user: found.user, scopes };
}
