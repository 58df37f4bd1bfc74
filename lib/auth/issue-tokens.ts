import { asc, eq, inArray } from 'drizzle-orm';
import { db } from '@/db/client';
import { refreshTokens, users } from '@/db/schema';
import { AppError } from '@/lib/errors';
import { nameSession } from '@/lib/idempotency/under-key';
import { newId } from '@/lib/ids';
import { ACCESS_TOKEN_SECONDS, nowSeconds, signAccessToken } from './access-token';
import { findUserByPassword } from './find-user';
import type { Credentials, Tokens } from './schema';
import { hashSecret, newSecret } from './secret-hash';

const REFRESH_TOKEN_DAYS = 30;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Throws INVALID_CREDENTIALS, the same for a wrong password as for an unknown address. */
export async function issueTokens(credentials: Credentials, address: string): Promise<Tokens> {
  const user = await findUserByPassword(credentials, address);
  if (!user) throw new AppError('INVALID_CREDENTIALS');
  return addToFamily(db(), { userId: user.id, familyId: newId(), sessionEpoch: user.sessionEpoch }, nowSeconds());
}

/**
 * Uses the token up and gives the next pair. One that was used before was stolen from somebody: its family ends, with the
 * access tokens that came of it.
 */
export async function refreshTokensOnce(refreshToken: string): Promise<Tokens> {
  const next = await db().transaction(async (tx) => {
    const now = new Date();
    const hash = hashSecret(refreshToken);
    const isIt = eq(refreshTokens.tokenHash, hash);
    const itsFamily = tx.select({ id: refreshTokens.familyId }).from(refreshTokens).where(isIt);
    // One use in a family at a time, so that whoever uses a token a second time ends the one that another has just got, too.
    const family = await tx
      .select()
      .from(refreshTokens)
      .where(inArray(refreshTokens.familyId, itsFamily))
      .orderBy(asc(refreshTokens.tokenHash))
      .for('update');
    const token = family.find(({ tokenHash }) => tokenHash === hash);
    if (!token) return undefined;
    const { userId, familyId, sessionEpoch, usedAt, revokedAt, expiresAt } = token;
    const [user] = await tx.select({ epoch: users.sessionEpoch }).from(users).where(eq(users.id, userId));
    if (usedAt || revokedAt || expiresAt <= now || user?.epoch !== sessionEpoch) {
      await tx.update(refreshTokens).set({ revokedAt: now }).where(eq(refreshTokens.familyId, familyId));
      return undefined;
    }
    await tx.update(refreshTokens).set({ usedAt: now }).where(isIt);
    return addToFamily(tx, { userId, familyId, sessionEpoch });
  });
  if (!next) throw new AppError('UNAUTHENTICATED', 'This refresh token is not valid any more. Sign in again.');
  return next;
}

interface Family {
  userId: string;
  familyId: string;
  sessionEpoch: number;
}

async function addToFamily(store: Pick<ReturnType<typeof db>, 'insert'>, family: Family, authTime?: number) {
  const secret = newSecret();
  const expiresAt = new Date(Date.now() + REFRESH_TOKEN_DAYS * DAY_MS);
  await store.insert(refreshTokens).values({ tokenHash: hashSecret(secret), ...family, expiresAt });
  nameSession(family.userId, family.sessionEpoch, family.familyId);
  return {
    access_token: await signAccessToken(family.userId, family.sessionEpoch, authTime, family.familyId),
    refresh_token: secret,
    token_type: 'Bearer',
    expires_in: ACCESS_TOKEN_SECONDS,
  } satisfies Tokens;
}
