import { availableParallelism } from 'node:os';
import { AppError } from '@/lib/errors';
import { takeTurns } from '@/lib/take-turns';

/** One core stays for those who only ask; libuv's four threads for files and names are not used up either. */
const AT_ONCE = Math.max(1, Math.min(3, availableParallelism() - 1));
/** About ten seconds of work: who would wait longer comes back. */
const MAX_WAITING = 300;
const RETRY_MS = 10_000;

/** Runs a hash when it is its turn. Throws UNAVAILABLE when too many wait. */
export const inTurn = takeTurns({
  atOnce: AT_ONCE,
  mostWaiting: MAX_WAITING,
  tooMany: () => new AppError('UNAVAILABLE', 'Too many people are signing in.', { retryAfterMs: RETRY_MS }),
});
