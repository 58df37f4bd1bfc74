import { db } from '@/db/client';
import { findUser } from '@/lib/auth/find-user';
import { adjustCredits } from '@/lib/credits/ledger';
import { getCredits } from '@/lib/credits/queries';
import type { Adjustment, Credits } from '@/lib/credits/schema';
import { AppError } from '@/lib/errors';

/**
 * Gives or takes credits of this month, written down with who and why; who by id, which outlives an account and names
 * nobody. Throws NOT_FOUND, or what adjustCredits does.
 */
export async function adjustAccount(userId: string, adjustment: Adjustment, actorId: string): Promise<Credits> {
  if (!(await findUser(userId))) throw new AppError('NOT_FOUND', 'There is no such account.');
  await db().transaction((tx) => adjustCredits(tx, userId, adjustment, actorId));
  return getCredits(userId);
}
