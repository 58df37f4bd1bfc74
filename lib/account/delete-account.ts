import { db } from '@/db/client';
import { endSessions } from '@/lib/auth/end-sessions';
import { findUser } from '@/lib/auth/find-user';
import type { Identity } from '@/lib/auth/identify';
import { proveIdentity } from '@/lib/auth/prove-identity';
import type { AccountDeletion } from '@/lib/auth/schema';
import { correctDeparture, noteDeparture } from '@/lib/credits/departures';
import { AppError } from '@/lib/errors';
import { eraseBelongings } from './erase-belongings';

/**
 * The person is forgotten first, so that nobody can add to what is then erased. What stays is a row without a name, for
 * the ledger's sake, and, to the end of the month, what they leave of its credits. Throws INVALID_CREDENTIALS,
 * SIGN_IN_AGAIN or RATE_LIMITED.
 */
export async function deleteAccount(
  { user: { id }, isFresh }: Identity,
  { current_password }: AccountDeletion,
  address: string,
): Promise<void> {
  const user = await findUser(id);
  if (!user) throw new AppError('UNAUTHENTICATED');
  await proveIdentity(user, { address, isFresh, password: current_password });
  const departure = await db().transaction(async (tx) => {
    await endSessions(tx, id, {
      email: `${id}@deleted.invalid`,
      name: null,
      passwordHash: null,
      googleSubject: null,
      emailVerifiedAt: null,
      role: 'reader',
      plan: 'free',
      deletedAt: new Date(),
    });
    return noteDeparture(tx, user);
  });
  await eraseBelongings(id);
  if (departure) await correctDeparture(id, departure);
}
