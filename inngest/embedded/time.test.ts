import { expect, test } from 'vitest';
import { parseDuration, parseWait } from './duration';
import { nextTick } from './register-app';
import { retryAfterMs, retryDelayMs } from './retry-delay';
import { newUlid, ulidsFromSeed } from './ulid';

const NOW = Date.UTC(2026, 10, 23, 12);

test.each([
  ['1s', 1000],
  ['1h30m', 5_400_000],
  ['2w1d', 1_296_000_000],
  ['250ms', 250],
  ['', undefined],
  ['soon', undefined],
  ['5', undefined],
])('The duration “%s” is %s milliseconds.', (text, expected) => {
  expect(parseDuration(text)).toBe(expected);
});

test('A sleep may be given as a date, and an empty one is over.', () => {
  expect(parseWait('2026-11-24T00:00:00.000Z')).toEqual({ until: new Date('2026-11-24T00:00:00.000Z') });
  expect(parseWait('')).toEqual({ ms: 0 });
  expect(parseWait('1m')).toEqual({ ms: 60_000 });
  expect(() => parseWait('soon')).toThrow(RangeError);
});

test('Retries wait as Inngest’s table says, with up to half a minute on top, or as long as configured.', () => {
  for (const [attempt, seconds] of [15, 30, 60, 120, 300, 600, 1200, 2400, 3600, 7200, 7200, 7200].entries()) {
    const delay = retryDelayMs(attempt);
    expect(delay).toBeGreaterThanOrEqual(seconds * 1000);
    expect(delay).toBeLessThanOrEqual(seconds * 1000 + 30_000);
  }
  expect(retryDelayMs(3, 2000)).toBe(2000);
});

test('Retry-After is read as seconds or as a date, between a second and a day.', () => {
  expect(retryAfterMs('5', NOW)).toBe(5000);
  expect(retryAfterMs('0', NOW)).toBe(1000);
  expect(retryAfterMs('999999999', NOW)).toBe(864e5);
  expect(retryAfterMs(new Date(NOW + 7000).toISOString(), NOW)).toBe(7000);
  expect(retryAfterMs('later', NOW)).toBeUndefined();
  expect(retryAfterMs(undefined, NOW)).toBeUndefined();
});

test('A schedule may name its time zone.', () => {
  expect(nextTick('0 9 * * *', new Date(NOW)).toISOString()).toMatch(/T09:00:00/);
  expect(nextTick('TZ=Europe/Paris 0 9 * * *', new Date(NOW)).toISOString()).toBe('2026-11-24T08:00:00.000Z');
});

test('Ids made one after another sort in that order, also within a millisecond.', () => {
  const ids = Array.from({ length: 1000 }, () => newUlid(NOW));
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(ids).size).toBe(1000);
  expect(ids.every((id) => /^[0-9A-HJKMNP-TV-Z]{26}$/.test(id))).toBe(true);
});

test('A seed always gives the same ids in their order; a broken one gives none.', () => {
  const seed = `${NOW},${Buffer.alloc(10, 1).toString('base64')}`;
  expect(ulidsFromSeed(seed, 3)).toEqual(ulidsFromSeed(seed, 3));
  expect(new Set(ulidsFromSeed(seed, 3)).size).toBe(3);
  expect(ulidsFromSeed(seed, 3)?.toSorted()).toEqual(ulidsFromSeed(seed, 3));
  expect(ulidsFromSeed('now,AAAA', 3)).toBeUndefined();
});
