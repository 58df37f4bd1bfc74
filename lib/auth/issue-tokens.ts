import { and, eq, isNull } from 'drizzle-orm';
import { db } from '@/db/client';
import { refreshTokens } from '@/db/schema';
import { AppError } from '@/lib/errors';
import { newId } from '@/lib/ids';
import { ACCESS_TOKEN_SECONDS, signAccessToken } from './access-token';
import { findUserByPassword } from './find-user';
import type { Tokens } from './schema';
import { hashSecret, newSecret } from './secret-hash';

const REFRESH_TOKEN_DAYS = 30;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Throws INVALID_CREDENTIALS, the same for a wrong password as for an unknown address. */
export async function issueTokens(email: string, password: string): Promise<Tokens> {
  const user = await findUserByPassword(email, password);
  if (!user) throw new AppError('INVALID_CREDENTIALS');
  return addToFamily(user.id, newId());
}

/** Uses the token up and gives the next pair. One that was used before was stolen from somebody: its family ends. */
export async function refreshTokensOnce(refreshToken: string): Promise<Tokens> {
  const tokenHash = hashSecret(refreshToken);
  const [used] = await db()
    .update(refreshTokens)
    .set({ usedAt: new Date() })
    .where(and(eq(refreshTokens.tokenHash, tokenHash), isNull(refreshTokens.usedAt), isNull(refreshTokens.revokedAt)))
    .returning();
  if (used && used.expiresAt > new Date()) return addToFamily(used.userId, used.familyId);
  const [known] = await db().select().from(refreshTokens).where(eq(refreshTokens.tokenHash, tokenHash));
  if (known) {
    await db().update(refreshTokens).set({ revokedAt: new Date() }).where(eq(refreshTokens.familyId, known.familyId));
  }
  throw new AppError('UNAUTHENTICATED', 'This refresh token is not valid any more. Sign in again.');
}

async function addToFamily(userId: string, familyId: string): Promise<Tokens> {
  const secret = newSecret();
  const expiresAt = new Date(Date.now() + REFRESH_TOKEN_DAYS * DAY_MS);
  await db()
    .insert(refreshTokens)
    .values({ tokenHash: hashSecret(secret), userId, familyId, expiresAt });
  return {
    access_token: await signAccessToken(userId),
    refresh_token: secret,
    token_type: 'Bearer',
    expires_in: ACCESS_TOKEN_SECONDS,
  };
}
