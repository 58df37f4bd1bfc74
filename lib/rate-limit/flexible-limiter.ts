import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterPostgres,
  RateLimiterRes,
} from 'rate-limiter-flexible';
import { aside } from '@/db/client';
import { counterKey, type Limiter } from './limiter';
import type { Policy } from './policies';

type Make = (options: { keyPrefix: string; points: number; duration: number }) => RateLimiterAbstract;

function limiterOf(make: Make): Limiter {
  const limiters = new Map<string, RateLimiterAbstract>();
  const of = ({ name, points, seconds }: Policy) => {
    const key = `${name} ${points} ${seconds}`;
    const limiter = limiters.get(key) ?? make({ keyPrefix: name, points, duration: seconds });
    limiters.set(key, limiter);
    return limiter;
  };
  return {
    async consume(policy, who, uses) {
      try {
        return toCount(await of(policy).consume(counterKey(who), uses), true);
      } catch (error) {
        if (error instanceof RateLimiterRes) return toCount(error, false);
        throw error;
      }
    },
    async giveBack(policy, who) {
      await of(policy).reward(counterKey(who));
    },
  };
}

const toCount = ({ remainingPoints, msBeforeNext }: RateLimiterRes, isAllowed: boolean) => ({
  isAllowed,
  remaining: remainingPoints,
  resetMs: msBeforeNext,
});

/** What rate-limiter-flexible asks of a client of PostgreSQL. */
const client = {
  async query({ text, values }: { text: string; values: (string | number)[] }) {
    const rows = await aside().unsafe(text, values);
    return { rows, rowCount: rows.length };
  },
};

/** Shared by all processes on one database, and as lasting as it is. */
export const postgresLimiter = (): Limiter =>
  limiterOf(
    (options) =>
      new RateLimiterPostgres({
        ...options,
        storeClient: client,
        storeType: 'client',
        tableName: 'rate_limits',
        tableCreated: true,
        // A sweep does it, once for all processes.
        clearExpiredByTimeout: false,
      }),
  );

export const memoryLimiter = (): Limiter => limiterOf((options) => new RateLimiterMemory(options));
