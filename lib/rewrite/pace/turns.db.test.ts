import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sql } from '@/db/client';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { ceilingRate, renewTurn, takeTurn, tellRefusal, tellSuccess } from './turns';

connectTestDatabase();
beforeEach(async () => {
  await sql()`delete from model_pace`;
});
afterEach(() => vi.useRealTimers());

const NO_CEILING = null;

const startAt = (rate: number, refusedRate: number | null = null) => sql()`
  insert into model_pace (rate, refused_rate, successes_since_slowdown) values (${rate}, ${refusedRate}, 100)`;
const rateNow = async () => {
  const [row] = await sql()<{ rate: number | null }[]>`select rate from model_pace`;
  return row?.rate ?? null;
};
/** A call that had to wait and succeeded. */
const succeed = async (ceiling: number | null = NO_CEILING) =>
  tellSuccess(await takeTurn(ceiling), true, ceiling).then(rateNow);

describe('as long as nothing was refused', () => {
  it('gives everybody a turn at once', async () => {
    const turns = await Promise.all(Array.from({ length: 50 }, () => takeTurn(NO_CEILING)));
    expect(turns).toEqual(Array.from({ length: 50 }, () => ({ waitMs: 0, slowdowns: 0, rate: null, isSlowed: false })));
  });

  it('gives turns under a ceiling so far apart that a minute never holds more, even if calls are a second late', async () => {
    const ceiling = ceilingRate(60);
    const turns = await Promise.all(Array.from({ length: 30 }, () => takeTurn(ceiling)));
    const [end] = await sql()`select extract(epoch from last_turn_at - resume_at)::float8 as seconds from model_pace`;
    const spacing = 61 / 60;
    expect(end?.seconds).toBeGreaterThanOrEqual(29 * spacing - 0.001);
    const waits = turns.map(({ waitMs }) => waitMs).sort((one, other) => one - other);
    expect(waits.at(-1)).toBeLessThanOrEqual(29_000 * spacing);
    expect(waits.at(-1)).toBeGreaterThan(28_000 * spacing);
  });

  it('saves no turns up for later', async () => {
    const ceiling = ceilingRate(600);
    await takeTurn(ceiling);
    await sql()`update model_pace set last_turn_at = last_turn_at - interval '1 hour'`;
    expect((await takeTurn(ceiling)).waitMs).toBe(0);
    expect((await takeTurn(ceiling)).waitMs).toBeGreaterThan(0);
  });
});

describe('a clock that is set back by an hour', () => {
  /** As if: what was written is an hour ahead. */
  const setBack = () => sql()`update model_pace set asked_at = asked_at + interval '1 hour',
    last_turn_at = last_turn_at + interval '1 hour', resume_at = resume_at + interval '1 hour'`;

  it('makes nobody wait for an hour, and takes no turn from its place', async () => {
    const ceiling = ceilingRate(60);
    for (let turn = 0; turn < 3; turn += 1) await takeTurn(ceiling);
    await setBack();
    const { waitMs } = await takeTurn(ceiling);
    expect(waitMs).toBeLessThan(3100);
    expect(waitMs).toBeGreaterThan(2500);
    expect((await takeTurn(ceiling)).waitMs).toBeGreaterThan(waitMs);
  });

  it('prolongs no pause that the model asked for', async () => {
    await tellRefusal(await takeTurn(NO_CEILING), 5000, NO_CEILING);
    await setBack();
    const { waitMs } = await takeTurn(NO_CEILING);
    expect(waitMs).toBeLessThan(5100);
    expect(waitMs).toBeGreaterThan(4000);
  });
});

describe('a refusal', () => {
  it('makes everybody wait for as long as the model said, and then go on one by one', async () => {
    const refused = await takeTurn(NO_CEILING);
    expect(await tellRefusal(refused, 5000, NO_CEILING)).toEqual({ rate: 1, pauseMs: 5000 });
    const waits = [await takeTurn(NO_CEILING), await takeTurn(NO_CEILING)].map(({ waitMs }) => waitMs);
    expect(waits[0]).toBeLessThanOrEqual(5000);
    expect(waits[0]).toBeGreaterThan(4000);
    expect(waits[1]).toBeGreaterThan(5000);
  });

  it('does not depend on the clock of the machine', async () => {
    await tellRefusal(await takeTurn(NO_CEILING), 5000, NO_CEILING);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_600_000 });
    expect((await takeTurn(NO_CEILING)).waitMs).toBeGreaterThan(4000);
    vi.setSystemTime(Date.now() - 7_200_000);
    expect((await takeTurn(NO_CEILING)).waitMs).toBeLessThan(7000);
  });

  it('counts once for all calls that were refused together', async () => {
    await startAt(10, 10);
    const turns = await Promise.all([1, 2, 3].map(() => takeTurn(NO_CEILING)));
    const slowdowns = await Promise.all(turns.map((turn) => tellRefusal(turn, 100, NO_CEILING)));
    expect(slowdowns.filter(Boolean)).toEqual([{ rate: 9, pauseMs: 100 }]);
  });

  it('takes back the turns that were not used yet', async () => {
    await startAt(1);
    const refused = await takeTurn(NO_CEILING);
    const waiting = await takeTurn(NO_CEILING);
    expect(await renewTurn(waiting, NO_CEILING)).toBeUndefined();
    await tellRefusal(refused, 60_000, NO_CEILING);
    const renewed = await renewTurn(waiting, NO_CEILING);
    expect(renewed?.waitMs).toBeGreaterThan(55_000);
    expect(renewed?.slowdowns).toBe(1);
  });

  it('starts from half of what was asked lately', async () => {
    for (let call = 0; call < 60; call++) await takeTurn(NO_CEILING);
    const slowdown = await tellRefusal(await takeTurn(NO_CEILING), 0, NO_CEILING);
    expect(slowdown?.rate).toBeGreaterThan(2);
    expect(slowdown?.rate).toBeLessThanOrEqual(61 / 10 / 2);
  });

  it('cuts deeper soon after the last cut, and not at all when no call succeeded meanwhile', async () => {
    await startAt(10, 12);
    const refuse = async () => (await tellRefusal(await takeTurn(NO_CEILING), 0, NO_CEILING))?.rate;
    expect(await refuse()).toBe(9);
    expect(await refuse()).toBe(9);
    await succeed();
    await sql()`update model_pace set rate = 9`;
    expect(await refuse()).toBeCloseTo(7.2);
  });

  it('halves a rate that was being sought, which then counts as refused if it was tried', async () => {
    const refuse = async () => (await tellRefusal(await takeTurn(NO_CEILING), 0, NO_CEILING))?.rate;
    const refusedRate = async () => (await sql()`select refused_rate as refused from model_pace`)[0]?.refused;
    await startAt(8);
    expect(await refuse()).toBe(4);
    expect(await refusedRate()).toBe(8);
    await sql()`update model_pace set rate = 8, refused_rate = null, refusals_since_success = 0`;
    expect(await refuse()).toBe(4);
    expect(await refusedRate()).toBe(null);
  });

  it('that does not say for how long is waited for twice as long each time, until a call succeeds', async () => {
    await startAt(10, 10);
    const pauses: (number | undefined)[] = [];
    const refuse = async () =>
      pauses.push((await tellRefusal(await takeTurn(NO_CEILING), undefined, NO_CEILING))?.pauseMs);
    for (let time = 0; time < 8; time++) await refuse();
    await succeed();
    await refuse();
    expect(pauses).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 64_000, 64_000, 1000]);
  });
});

describe('a success', () => {
  it('adds the same step each time below the rate that was refused', async () => {
    await startAt(9, 10);
    const rates = [await succeed(), await succeed(), await succeed()];
    expect(rates).toEqual([9.005, 9.01, 9.015].map((rate) => expect.closeTo(rate)));
  });

  it('seeks a rate faster while none was refused, but at most half as much again in a round trip', async () => {
    await startAt(10);
    const together = await Promise.all([1, 2, 3, 4, 5, 6].map(() => takeTurn(NO_CEILING)));
    for (const turn of together) await tellSuccess(turn, true, NO_CEILING);
    expect(await rateNow()).toBeCloseTo(15);
    expect(await succeed()).toBeCloseTo(18);
  });

  it('seeks again when the refused rate is left far behind', async () => {
    await startAt(12.6, 10);
    expect(await succeed()).toBeCloseTo(15.12);
  });

  it('says nothing about the rate when nobody had to wait, or when its turn was given before a slow-down', async () => {
    await startAt(10, 10);
    const turn = await takeTurn(NO_CEILING);
    await tellSuccess(turn, false, NO_CEILING);
    expect(await rateNow()).toBe(10);
    await tellRefusal(turn, 0, NO_CEILING);
    await tellSuccess(turn, true, NO_CEILING);
    expect(await rateNow()).toBe(9);
  });

  it('does not raise the rate beyond the ceiling', async () => {
    const ceiling = 10;
    await startAt(9.9);
    for (let call = 0; call < 5; call++) await succeed(ceiling);
    expect((await takeTurn(ceiling)).rate).toBe(ceiling);
    expect(await rateNow()).toBeLessThan(ceiling * 1.2);
  });
});
