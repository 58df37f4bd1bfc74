import { AppError } from '@/lib/errors';
import { findUserByPassword, type UserRow } from './find-user';

interface Proof {
  /** Where the attempt comes from, for the throttle. */
  address: string;
  isFresh: boolean;
  password: string | undefined;
}

/**
 * Before what cannot be undone: who has a password gives it, who has none has signed in just now. A stolen session is
 * not enough. Throws INVALID_CREDENTIALS, SIGN_IN_AGAIN or RATE_LIMITED.
 */
export async function proveIdentity(user: UserRow, { address, isFresh, password }: Proof): Promise<void> {
  if (user.passwordHash === null) {
    if (!isFresh) throw new AppError('SIGN_IN_AGAIN');
    return;
  }
  const found = password === undefined ? undefined : await findUserByPassword({ email: user.email, password }, address);
  if (!found) throw new AppError('INVALID_CREDENTIALS', 'This is not the present password.');
}
