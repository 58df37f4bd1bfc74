import { log } from '@/lib/log';
import type { Limiter } from './limiter';

/**
 * Counts in `store`, and in `insurance` while that is away: nobody is locked out then, and nothing is without a limit;
 * each process only counts for itself. Says so once, and once when the store is back.
 */
export function insuredLimiter(store: Limiter, insurance: Limiter): Limiter {
  let isAway = false;
  const insured = async <T>(ask: (limiter: Limiter) => Promise<T>): Promise<T> => {
    try {
      const answer = await ask(store);
      if (isAway) log.info('the limiter is back');
      isAway = false;
      return answer;
    } catch (error) {
      if (!isAway) log.warn({ err: error }, 'the limiter is away; each process counts for itself');
      isAway = true;
      return ask(insurance);
    }
  };
  return {
    consume: (policy, who, uses) => insured((limiter) => limiter.consume(policy, who, uses)),
    giveBack: (policy, who) => insured((limiter) => limiter.giveBack(policy, who)),
  };
}
