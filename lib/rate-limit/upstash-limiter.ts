import { Ratelimit } from '@upstash/ratelimit';
import { Redis } from '@upstash/redis';
import { counterKey, type Limiter } from './limiter';
import type { Policy } from './policies';

/** A request that is to be counted waits for it. */
const PATIENCE_MS = 1_000;

interface Place {
  url: string;
  token: string;
}

/** Shared by all processes that name the same Redis. A window begins by the clock, not with the first use. */
export function upstashLimiter(place: Place): Limiter {
  // Not asked again here: `insuredLimiter` goes on without it.
  const signal = () => AbortSignal.timeout(PATIENCE_MS);
  const redis = new Redis({ ...place, retry: false, enableTelemetry: false, signal });
  const limiters = new Map<string, Ratelimit>();
  const of = ({ name, points, seconds }: Policy) => {
    const prefix = `limit:${name}:${points}:${seconds}`;
    const limiter =
      limiters.get(prefix) ??
      new Ratelimit({
        redis,
        prefix,
        limiter: Ratelimit.fixedWindow(points, `${seconds} s`),
        // Its own answer to an absent server is to let everybody through.
        timeout: 0,
        ephemeralCache: false,
        analytics: false,
      });
    limiters.set(prefix, limiter);
    return limiter;
  };
  return {
    async consume(policy, who, uses = 1) {
      const { success, remaining, reset } = await of(policy).limit(counterKey(who), { rate: uses });
      return { isAllowed: success, remaining, resetMs: Math.max(0, reset - Date.now()) };
    },
    async giveBack(policy, who) {
      await of(policy).limit(counterKey(who), { rate: -1 });
    },
  };
}
