import { and, eq, isNull, sql } from 'drizzle-orm';
import { db } from '@/db/client';
import { refreshTokens, users } from '@/db/schema';
import { AppError } from '@/lib/errors';

export type AuthTransaction = Parameters<Parameters<ReturnType<typeof db>['transaction']>[0]>[0];

/**
 * Every session, access token and refresh token of the user ends, together with whatever `changes` there are; API keys go
 * on. Answers the epoch of new ones.
 */
export async function endSessions(
  tx: AuthTransaction,
  userId: string,
  changes: Partial<typeof users.$inferInsert> = {},
): Promise<number> {
  const [user] = await tx
    .update(users)
    .set({ ...changes, sessionEpoch: sql`${users.sessionEpoch} + 1` })
    .where(and(eq(users.id, userId), isNull(users.deletedAt)))
    .returning({ epoch: users.sessionEpoch });
  if (!user) throw new AppError('UNAUTHENTICATED');
  await tx.delete(refreshTokens).where(eq(refreshTokens.userId, userId));
  return user.epoch;
}

export const signOutEverywhere = (userId: string): Promise<number> => db().transaction((tx) => endSessions(tx, userId));
