import { and, eq, gt, isNull, lt } from 'drizzle-orm';
import { db } from '@/db/client';
import { signInLinks, users } from '@/db/schema';
import { newId } from '@/lib/ids';
import { findUser, type UserRow } from './find-user';
import { hashSecret, newSecret } from './secret-hash';

/** No address that anybody could register: it has no top-level domain. */
const OWNER_EMAIL = 'owner@localhost';
const LINK_HOURS = 24;

/** The account of whoever sits at this machine. */
export async function ensureOwner(): Promise<UserRow> {
  await db()
    .insert(users)
    .values({ id: newId(), email: OWNER_EMAIL, name: null, role: 'admin' })
    .onConflictDoNothing({ target: users.email });
  const [owner] = await db().select().from(users).where(eq(users.email, OWNER_EMAIL));
  if (!owner) throw new Error('the owner has no account');
  return owner;
}

/** A path that signs the owner of this machine in, once. Each start prints a new one. */
export async function createOwnerLink(): Promise<string> {
  const owner = await ensureOwner();
  const token = newSecret();
  const expiresAt = new Date(Date.now() + LINK_HOURS * 60 * 60 * 1000);
  await db().delete(signInLinks).where(lt(signInLinks.expiresAt, new Date()));
  await db()
    .insert(signInLinks)
    .values({ tokenHash: hashSecret(token), userId: owner.id, expiresAt });
  return `/sign-in/owner?token=${token}`;
}

/** The owner, if the token is one of our links, young enough, and used for the first time. */
export async function redeemOwnerLink(token: string): Promise<UserRow | undefined> {
  const now = new Date();
  const [link] = await db()
    .update(signInLinks)
    .set({ usedAt: now })
    .where(
      and(eq(signInLinks.tokenHash, hashSecret(token)), isNull(signInLinks.usedAt), gt(signInLinks.expiresAt, now)),
    )
    .returning({ userId: signInLinks.userId });
  return link && findUser(link.userId);
}
