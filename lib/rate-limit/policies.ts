import { env } from '@/lib/env';

export interface Policy {
  name: PolicyName;
  points: number;
  seconds: number;
  /** Counted many uses at a time: what is asked so often, or costs so little, that a write for each would cost more. */
  isBatched?: boolean;
}

const HOUR = 3600;
const QUARTER = 900;

/** Whom a policy counts is said where it is used: a user, or an address where there is none. */
const POLICIES = {
  /** Reads of a user. */
  reads: () => ({ points: 120_000, seconds: 60, isBatched: true }),
  /** Whatever changes something, of a user. */
  requests: () => ({ points: env().REQUEST_LIMIT_PER_MINUTE, seconds: 60 }),
  /** Novels that a user starts. */
  novels: () => ({ points: env().PROCESS_LIMIT_PER_HOUR, seconds: HOUR }),
  /** A quote reads the whole novel and starts nothing. */
  estimates: () => ({ points: 6 * env().PROCESS_LIMIT_PER_HOUR, seconds: HOUR }),
  exports: () => ({ points: 600, seconds: HOUR }),
  /** Each is sent to somebody else, up to ten times. */
  'webhook-trials': () => ({ points: 10, seconds: HOUR }),

  /** Requests of nobody, from an address; a school has many people behind one. */
  anonymous: () => ({ points: 1200, seconds: 60, isBatched: true }),
  registrations: () => ({ points: 120, seconds: HOUR }),
  /** Failed sign-ins to an account from an address, to an account from anywhere, and from an address to any. */
  'sign-in': () => ({ points: 10, seconds: QUARTER }),
  'sign-in-account': () => ({ points: 100, seconds: HOUR }),
  'sign-in-address': () => ({ points: 200, seconds: QUARTER }),
} satisfies Record<string, () => Omit<Policy, 'name'>>;

export type PolicyName = keyof typeof POLICIES;

export const policyOf = (name: PolicyName): Policy => ({ name, ...POLICIES[name]() });
