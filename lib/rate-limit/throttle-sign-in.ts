import { AppError } from '@/lib/errors';
import { consume, giveBack } from './consume';
import type { PolicyName } from './policies';

export interface SignInAttempt {
  email: string;
  /** Of the client, as clientAddress says. */
  address: string;
}

/**
 * Counts an attempt to sign in before the password is looked at, so that many at once are many; one that succeeds gives
 * its count back by `succeeded`. Counts are kept of the account from this address, the account from anywhere and the
 * address for any account. Throws RATE_LIMITED, for an account that does not exist like for one that does.
 */
export async function throttleSignIn({ email, address }: SignInAttempt): Promise<{ succeeded(): Promise<void> }> {
  const account = email.trim().toLowerCase();
  const counts: [PolicyName, string][] = [
    ['sign-in', `${account} ${address}`],
    ['sign-in-address', address],
    ['sign-in-account', account],
  ];
  // One after the other: who is refused already from one address does not use up what the account has from all.
  for (const [policy, who] of counts) {
    const { isAllowed, resetMs } = await consume(policy, who);
    if (!isAllowed) {
      throw new AppError('RATE_LIMITED', 'Too many attempts to sign in. Wait a while.', { retryAfterMs: resetMs });
    }
  }
  return {
    async succeeded() {
      for (const [policy, who] of counts) await giveBack(policy, who);
    },
  };
}
