import { steadyNow } from './clock';
import type { Db } from './database';

const UNITS_MS: Record<string, number> = { ms: 1, s: 1e3, m: 6e4, h: 36e5, d: 864e5, w: 6048e5 };

/** Milliseconds of a duration as Inngest writes it (`90s`, `1h30m`, `2w`); undefined when it is not one. */
export function parseDuration(text: string): number | undefined {
  if (!/^(\d+(\.\d+)?(ms|[smhdw]))+$/.test(text)) return undefined;
  let total = 0;
  for (const [, amount = '0', unit = 's'] of text.matchAll(/(\d+(?:\.\d+)?)(ms|[smhdw])/g)) {
    total += Number(amount) * (UNITS_MS[unit] ?? 0);
  }
  return total;
}

/** A duration that starts now, or a date. */
export type Wait = { ms: number } | { until: Date };

/** Reads a duration or an ISO date. An empty text is over at once. */
export function parseWait(text: string): Wait {
  const ms = text === '' ? 0 : parseDuration(text);
  if (ms !== undefined) return { ms };
  const until = new Date(text);
  if (Number.isNaN(until.getTime())) throw new RangeError('neither a duration nor a date');
  return { until };
}

/** When a wait is over, by the steady clock; a year is the longest. */
export const dueAfter = (db: Db, wait: Wait) =>
  'ms' in wait
    ? db`${steadyNow(db)} + least(${wait.ms} * interval '1 ms', interval '366 days')`
    : db`${steadyNow(db)} + least(${wait.until}::timestamptz - now(), interval '366 days')`;
