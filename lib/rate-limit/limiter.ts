import { createHash } from 'node:crypto';
import type { Policy } from './policies';

/** Where somebody stands in the present window of a policy. */
export interface Count {
  isAllowed: boolean;
  remaining: number;
  resetMs: number;
}

/** Counts in windows that begin with the first use. Throws when its store is away. */
export interface Limiter {
  consume(policy: Policy, who: string, uses?: number): Promise<Count>;
  /** Takes one use back, of something that did not happen after all. */
  giveBack(policy: Policy, who: string): Promise<void>;
}

/** What a store knows somebody by. */
export const counterKey = (who: string): string => createHash('sha256').update(who).digest('base64url');
