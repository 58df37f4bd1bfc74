import { setTimeout as sleep } from 'node:timers/promises';

/** A server that recovers from its death may need as long. */
const PATIENCE_MS = 60_000;
const PASSING =
  /^(08|25P03|40|53|57P)|^CONNECT(ION_CLOSED|_TIMEOUT)$|^E(CONN|TIMEDOUT|PIPE|HOSTUNREACH|NOTFOUND|AI_AGAIN)/;

/** The database was away, or chose this transaction in a deadlock: the same may succeed a moment later. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const isKnown = 'code' in error && typeof error.code === 'string' && PASSING.test(error.code);
  // Drizzle's own error says which statement, and its cause why.
  return isKnown || isDatabaseAway(error.cause);
}

/** Repeats `work` while the database is away. It may have been done before, and only the news of it lost. */
export async function persist<T>(work: () => PromiseLike<T>): Promise<T> {
  const deadline = performance.now() + PATIENCE_MS;
  for (let delayMs = 25; ; delayMs = Math.min(delayMs * 2, 500)) {
    try {
      return await work();
    } catch (error) {
      if (!isDatabaseAway(error) || performance.now() > deadline) throw error;
      await sleep(delayMs);
    }
  }
}
