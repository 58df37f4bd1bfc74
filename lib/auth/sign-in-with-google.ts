import { and, eq, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import { db } from '@/db/client';
import { apiKeys, users, webhooks } from '@/db/schema';
import { grantWhatWasLeft } from '@/lib/credits/departures';
import { newId } from '@/lib/ids';
import { type AuthTransaction, endSessions } from './end-sessions';
import type { UserRow } from './find-user';

/** What the ID token says of the person. */
export const GoogleProfile = z.object({
  sub: z.string().min(1).max(255),
  email: z.string().toLowerCase().optional(),
  email_verified: z.boolean().optional(),
  name: z.string().trim().max(100).optional(),
});
export type GoogleProfile = z.infer<typeof GoogleProfile>;

export type GoogleRefusal = 'GOOGLE_ADDRESS_NOT_VERIFIED' | 'GOOGLE_ADDRESS_OF_ANOTHER';

/**
 * The account of a person whom Google knows by `sub`; the first time it is made, or the one with their address becomes
 * theirs, if Google says that the address is theirs.
 */
export async function signInWithGoogle({
  sub,
  email,
  email_verified,
  name,
}: GoogleProfile): Promise<UserRow | GoogleRefusal> {
  const [known] = await db().select().from(users).where(eq(users.googleSubject, sub));
  if (known) return known;
  if (!email || email_verified !== true) return 'GOOGLE_ADDRESS_NOT_VERIFIED';
  return db().transaction(async (tx) => {
    const [made] = await tx
      .insert(users)
      .values({ id: newId(), email, name: name || null, googleSubject: sub, emailVerifiedAt: new Date() })
      .onConflictDoNothing()
      .returning();
    if (made) await grantWhatWasLeft(tx, made);
    const [user] = await tx.select().from(users).where(eq(users.email, email)).for('update');
    if (!user) return 'GOOGLE_ADDRESS_OF_ANOTHER';
    if (user.googleSubject === sub) return user;
    if (user.googleSubject !== null) return 'GOOGLE_ADDRESS_OF_ANOTHER';
    return takeOver(tx, user, sub);
  });
}

/**
 * Whoever registered the address before, without proof, may have done so to lie in wait for its owner. The owner gets
 * the account; every way into it, or out of it, that the other may hold ends: password, sessions, keys, webhooks.
 */
async function takeOver(tx: AuthTransaction, user: UserRow, googleSubject: string): Promise<UserRow> {
  if (user.emailVerifiedAt === null) {
    await endSessions(tx, user.id, { passwordHash: null });
    await tx
      .update(apiKeys)
      .set({ revokedAt: sql`now()` })
      .where(and(eq(apiKeys.userId, user.id), isNull(apiKeys.revokedAt)));
    await tx.delete(webhooks).where(eq(webhooks.userId, user.id));
  }
  const [owned] = await tx
    .update(users)
    .set({ googleSubject, emailVerifiedAt: user.emailVerifiedAt ?? new Date() })
    .where(eq(users.id, user.id))
    .returning();
  if (!owned) throw new Error('a locked account is gone');
  return owned;
}
