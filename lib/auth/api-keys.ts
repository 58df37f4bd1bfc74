import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { db } from '@/db/client';
import { apiKeys, users } from '@/db/schema';
import { AppError } from '@/lib/errors';
import { newId } from '@/lib/ids';
import { newApiKey, prefixOf } from './api-key';
import type { ApiKey, ApiKeyPage, Me, NewApiKey } from './schema';
import { hashSecret } from './secret-hash';

const MAX_KEYS = 50;

type KeyRow = typeof apiKeys.$inferSelect;

const toApiKey = ({ id, name, prefix, scopes, createdAt, lastUsedAt }: KeyRow): ApiKey => ({
  id,
  name,
  prefix,
  scopes,
  created_at: createdAt.toISOString(),
  last_used_at: lastUsedAt?.toISOString() ?? null,
});

const livingOf = (userId: string) => and(eq(apiKeys.userId, userId), isNull(apiKeys.revokedAt));

/** The one time that the key itself is told. Throws FORBIDDEN for a scope its owner does not have, TOO_MANY_KEYS. */
export async function createApiKey(owner: Me, { name, scopes }: NewApiKey): Promise<ApiKey & { key: string }> {
  if (scopes.includes('admin') && owner.role !== 'admin') {
    throw new AppError('FORBIDDEN', 'Only an admin can make a key with the scope “admin”.');
  }
  const key = newApiKey();
  const values = { id: newId(), userId: owner.id, name, prefix: prefixOf(key), keyHash: hashSecret(key) };
  const row = await db().transaction(async (tx) => {
    await tx.select({ id: users.id }).from(users).where(eq(users.id, owner.id)).for('no key update');
    const count = await tx.$count(apiKeys, livingOf(owner.id));
    if (count >= MAX_KEYS) throw new AppError('TOO_MANY_KEYS', `There are ${count} keys. Revoke one first.`);
    const [added] = await tx
      .insert(apiKeys)
      .values({ ...values, scopes: [...new Set(scopes)] })
      .returning();
    return added;
  });
  if (!row) throw new Error('the key was not written');
  return { ...toApiKey(row), key };
}

/** Those that still work, the oldest first. */
export async function listApiKeys(userId: string): Promise<ApiKeyPage> {
  const rows = await db().select().from(apiKeys).where(livingOf(userId)).orderBy(asc(apiKeys.id));
  return { items: rows.map(toApiKey), next: null };
}

/** From the next request on it is nobody's. */
export async function revokeApiKey(userId: string, keyId: string): Promise<void> {
  const revoked = await db()
    .update(apiKeys)
    .set({ revokedAt: sql`now()` })
    .where(and(livingOf(userId), eq(apiKeys.id, keyId)))
    .returning({ id: apiKeys.id });
  if (revoked.length === 0) throw new AppError('NOT_FOUND', 'There is no such key.');
}
