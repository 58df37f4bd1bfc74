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

const LONGEST_MS = 366 * 864e5;

/** When a duration or ISO date that starts now is over. An empty text is over at once. */
export function dueAfter(text: string, now = Date.now()): Date {
  const span = text === '' ? 0 : parseDuration(text);
  const due = span === undefined ? Date.parse(text) : now + span;
  if (Number.isNaN(due)) throw new RangeError('neither a duration nor a date');
  return new Date(Math.min(due, now + LONGEST_MS));
}
