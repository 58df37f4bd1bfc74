import { and, eq, isNotNull, isNull, notExists, sql } from 'drizzle-orm';
import { db } from '@/db/client';
import { prepared } from '@/db/prepared';
import { refreshTokens, type UserRole, users } from '@/db/schema';
import { env } from '@/lib/env';
import { throttleSignIn } from '@/lib/rate-limit/throttle-sign-in';
import { isPassword } from './password';
import type { Credentials, Me } from './schema';

export type UserRow = typeof users.$inferSelect;

const userById = prepared((database) =>
  database
    .select()
    .from(users)
    .where(and(eq(users.id, sql.placeholder('id')), isNull(users.deletedAt)))
    .prepare('user_by_id'),
);

export async function findUser(id: string): Promise<UserRow | undefined> {
  const [user] = await userById().execute({ id });
  return user;
}

const userInFamily = prepared((database) => {
  const isEnded = database
    .select({ one: sql`1` })
    .from(refreshTokens)
    .where(and(eq(refreshTokens.familyId, sql.placeholder('family')), isNotNull(refreshTokens.revokedAt)));
  return database
    .select()
    .from(users)
    .where(and(eq(users.id, sql.placeholder('id')), isNull(users.deletedAt), notExists(isEnded)))
    .prepare('user_in_family');
});

/** The same for what came with a refresh token: once its family has ended, it is nobody's. */
export async function findUserInFamily(id: string, family: string): Promise<UserRow | undefined> {
  const [user] = await userInFamily().execute({ id, family });
  return user;
}

/** The user whose password it is. Attempts are throttled: RATE_LIMITED, for an address without an account as well. */
export async function findUserByPassword(
  { email, password }: Credentials,
  address: string,
): Promise<UserRow | undefined> {
  const attempt = await throttleSignIn({ email, address });
  const [user] = await db().select().from(users).where(eq(users.email, email));
  if (!(await isPassword(password, user?.passwordHash))) return undefined;
  await attempt.succeeded();
  return user;
}

/**
 * An admin by the row (the owner of the machine, or made one by an operator), or by ADMIN_EMAILS once the address is
 * proven: whoever merely registers it first is nobody special.
 */
const roleOf = ({ role, email, emailVerifiedAt }: UserRow): UserRole =>
  emailVerifiedAt && env().ADMIN_EMAILS.includes(email) ? 'admin' : role;

export const toMe = (user: UserRow): Me => ({ id: user.id, email: user.email, name: user.name, role: roleOf(user) });
