import { env } from '@/lib/env';
import { batchedLimiter } from './batched-limiter';
import { memoryLimiter, postgresLimiter } from './flexible-limiter';
import { insuredLimiter } from './insured-limiter';
import type { Count, Limiter } from './limiter';
import { type Policy, type PolicyName, policyOf } from './policies';
import { upstashLimiter } from './upstash-limiter';

let shared: Limiter | undefined;
let batched: Limiter | undefined;

function limiterFor({ isBatched }: Policy): Limiter {
  shared ??= insuredLimiter(sharedLimiter(), memoryLimiter());
  batched ??= batchedLimiter(shared);
  return isBatched ? batched : shared;
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
