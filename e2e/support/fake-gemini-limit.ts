export interface CallLimit {
  callsPerMinute: number;
  /** How many calls may come at once after a rest. */
  burst: number;
  /** What it says to wait is a multiple of this; a second, as in the header `Retry-After`, when absent. */
  retryStepMs?: number;
}

/** A token bucket: takes a token, or answers how long to wait for one. */
export function createCallLimiter(limit: CallLimit | undefined): () => number | undefined {
  if (!limit) return () => undefined;
  const { retryStepMs = 1000 } = limit;
  const perMs = limit.callsPerMinute / 60_000;
  let tokens = limit.burst;
  let countedAt = performance.now();
  return () => {
    const now = performance.now();
    tokens = Math.min(limit.burst, tokens + (now - countedAt) * perMs);
    countedAt = now;
    if (tokens < 1) return Math.ceil((1 - tokens) / perMs / retryStepMs) * retryStepMs;
    tokens -= 1;
    return undefined;
  };
}
