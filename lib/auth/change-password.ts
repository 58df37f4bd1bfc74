import { db } from '@/db/client';
import { AppError } from '@/lib/errors';
import { endSessions } from './end-sessions';
import { findUser } from './find-user';
import type { Identity } from './identify';
import { checkPassword, hashPassword } from './password';
import { proveIdentity } from './prove-identity';
import type { PasswordChange } from './schema';

/**
 * Sets a new password and ends every session and token. Answers the epoch in which whoever changed it may go on.
 * Throws INVALID_CREDENTIALS, SIGN_IN_AGAIN, RATE_LIMITED or PASSWORD_TOO_WEAK.
 */
export async function changePassword(
  { user: { id }, isFresh }: Identity,
  { current_password, new_password }: PasswordChange,
  address: string,
): Promise<number> {
  const user = await findUser(id);
  if (!user) throw new AppError('UNAUTHENTICATED');
  await proveIdentity(user, { address, isFresh, password: current_password });
  await checkPassword(new_password, user.email);
  const passwordHash = await hashPassword(new_password);
  return db().transaction((tx) => endSessions(tx, id, { passwordHash }));
}
