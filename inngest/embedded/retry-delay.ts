import { clockMs } from './clock';

const BACKOFF_S = [15, 30, 60, 120, 300, 600, 1200, 2400, 3600, 7200] as const;
const JITTER_MS = 30_000;

/** How long to wait after attempt `attempt` (from 0): Inngest's table, or always `intervalMs` when that is set. */
export function retryDelayMs(attempt: number, intervalMs?: number): number {
  if (intervalMs !== undefined) return intervalMs;
  const seconds = BACKOFF_S[Math.min(attempt, BACKOFF_S.length - 1)] ?? 7200;
  return seconds * 1000 + Math.random() * JITTER_MS;
}

/** A `retry-after` header (seconds, or a date) as a delay, between one second and one day. */
export function retryAfterMs(header: string | undefined, now = clockMs()): number | undefined {
  if (!header) return undefined;
  const asked = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isNaN(asked) ? undefined : Math.min(Math.max(asked, 1000), 864e5);
}
