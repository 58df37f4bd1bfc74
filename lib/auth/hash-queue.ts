import { availableParallelism } from 'node:os';
import { AppError } from '@/lib/errors';

/** One core stays for those who only ask; libuv's four threads for files and names are not used up either. */
const AT_ONCE = Math.max(1, Math.min(3, availableParallelism() - 1));
/** About ten seconds of work: who would wait longer comes back. */
const MAX_WAITING = 300;
const RETRY_MS = 10_000;

let running = 0;
const waiting: (() => void)[] = [];

/** Runs `hash` when it is its turn. Throws UNAVAILABLE when too many wait. */
export async function inTurn<T>(hash: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) {
    if (waiting.length >= MAX_WAITING) {
      throw new AppError('UNAVAILABLE', 'Too many people are signing in.', { retryAfterMs: RETRY_MS });
    }
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else {
    running += 1;
  }
  try {
    return await hash();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}
