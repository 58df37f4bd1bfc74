import { env } from '@/lib/env';
import { memoryLimiter, postgresLimiter } from './flexible-limiter';
import { insuredLimiter } from './insured-limiter';
import type { Count, Limiter } from './limiter';
import { type Policy, type PolicyName, policyOf } from './policies';
import { upstashLimiter } from './upstash-limiter';

let local: Limiter | undefined;
let shared: Limiter | undefined;

function limiterFor({ isLocal }: Policy): Limiter {
  local ??= memoryLimiter();
  if (isLocal) return local;
  shared ??= insuredLimiter(sharedLimiter(), local);
  return shared;
}

function sharedLimiter(): Limiter {
  const { UPSTASH_REDIS_REST_URL: url, UPSTASH_REDIS_REST_TOKEN: token } = env();
  return url && token ? upstashLimiter({ url, token }) : postgresLimiter();
}

/** Counts one use of a policy by `who`; the answer says whether it is still within the limit. */
export async function consume(name: PolicyName, who: string): Promise<Count & { policy: Policy }> {
  const policy = policyOf(name);
  return { policy, ...(await limiterFor(policy).consume(policy, who)) };
}

/** Takes one use back, of something that did not happen after all. */
export async function giveBack(name: PolicyName, who: string): Promise<void> {
  const policy = policyOf(name);
  await limiterFor(policy).giveBack(policy, who);
}
