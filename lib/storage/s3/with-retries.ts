import { setTimeout as sleep } from 'node:timers/promises';
import { isAppError } from '@/lib/errors';
import { isPassing, unavailable } from './s3-error';

const ATTEMPTS = 3;
const FIRST_WAIT_MS = 200;

/** Does `work`, each time within `limitMs`, and again when its failure may pass. Throws UNAVAILABLE, or an AppError of its own. */
export async function withRetries<T>(
  limitMs: number,
  work: (limit: AbortSignal) => Promise<T>,
  attempts = ATTEMPTS,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work(AbortSignal.timeout(limitMs));
    } catch (error) {
      if (isAppError(error)) throw error;
      if (attempt === attempts || !isPassing(error)) throw unavailable(error);
      await sleep(FIRST_WAIT_MS * 2 ** (attempt - 1) * (1 + Math.random()));
    }
  }
}
