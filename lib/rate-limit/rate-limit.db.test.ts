import { afterEach, describe, expect, it, vi } from 'vitest';
import { sql } from '@/db/client';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { newId } from '@/lib/ids';
import { batchedLimiter } from './batched-limiter';
import { consume, giveBack } from './consume';
import { memoryLimiter, postgresLimiter } from './flexible-limiter';
import type { Limiter } from './limiter';
import type { Policy } from './policies';
import { throttleSignIn } from './throttle-sign-in';

connectTestDatabase();
afterEach(() => {
  vi.useRealTimers();
});

const three: Policy = { name: 'novels', points: 3, seconds: 60 };
const times = (n: number) => Array.from({ length: n });

describe.each([
  ['PostgreSQL', postgresLimiter],
  ['memory', memoryLimiter],
])('a limiter in %s', (_, make) => {
  it('lets as many through as its policy says, however many ask at once', async () => {
    const limiter = make();
    const who = newId();
    const counts = await Promise.all(times(20).map(() => limiter.consume(three, who)));
    expect(counts.filter(({ isAllowed }) => isAllowed)).toHaveLength(3);
    expect(
      counts
        .map(({ remaining }) => remaining)
        .toSorted((a, b) => b - a)
        .slice(0, 4),
    ).toEqual([2, 1, 0, 0]);
    for (const { resetMs } of counts) expect(resetMs).toBeGreaterThan(50_000);
    for (const { resetMs } of counts) expect(resetMs).toBeLessThanOrEqual(60_000);
  });

  it('counts each person and each policy alone', async () => {
    const limiter = make();
    const who = newId();
    await Promise.all(times(4).map(() => limiter.consume(three, who)));
    expect(await limiter.consume(three, who)).toMatchObject({ isAllowed: false });
    expect(await limiter.consume(three, newId())).toMatchObject({ isAllowed: true, remaining: 2 });
    expect(await limiter.consume({ ...three, name: 'exports' }, who)).toMatchObject({ isAllowed: true, remaining: 2 });
  });

  it('takes a use back', async () => {
    const limiter = make();
    const who = newId();
    await Promise.all(times(3).map(() => limiter.consume(three, who)));
    await limiter.giveBack(three, who);
    expect(await limiter.consume(three, who)).toMatchObject({ isAllowed: true, remaining: 0 });
    expect(await limiter.consume(three, who)).toMatchObject({ isAllowed: false });
  });
});

describe('counts in PostgreSQL', () => {
  it('are shared by processes and outlive them', async () => {
    const who = newId();
    const [one, other] = [postgresLimiter(), postgresLimiter()];
    await Promise.all([one.consume(three, who), other.consume(three, who), other.consume(three, who)]);
    expect(await one.consume(three, who)).toMatchObject({ isAllowed: false });
    expect(await postgresLimiter().consume(three, who)).toMatchObject({ isAllowed: false });
  });

  it('begin anew when their window has ended', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const limiter = postgresLimiter();
    const who = newId();
    await Promise.all(times(4).map(() => limiter.consume(three, who)));
    vi.setSystemTime(Date.now() + 59_000);
    expect(await limiter.consume(three, who)).toMatchObject({ isAllowed: false });
    vi.setSystemTime(Date.now() + 1_001);
    expect(await limiter.consume(three, who)).toMatchObject({ isAllowed: true, remaining: 2 });
  });

  it('say nothing about whom they count', async () => {
    await throttleSignIn({ email: 'colette@example.org', address: '192.0.2.7' });
    const rows = await sql()`select * from rate_limits`;
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toMatch(/colette|192\.0\.2\.7/);
  });
});

describe('counts by the hundredth', () => {
  const thousand: Policy = { name: 'reads', points: 1_000, seconds: 60 };
  const allowed = async (limiter: Limiter, who: string, uses: number) => {
    let count = 0;
    for (const _ of times(uses)) if ((await limiter.consume(thousand, who)).isAllowed) count += 1;
    return count;
  };

  it('are shared by processes, each a hundredth off at most', async () => {
    const who = newId();
    const [one, other] = [batchedLimiter(postgresLimiter()), batchedLimiter(postgresLimiter())];
    const counts = [await allowed(one, who, 600)];
    counts.push(...(await Promise.all([allowed(other, who, 600), allowed(one, who, 600)])));
    const sum = counts.reduce((all, count) => all + count);
    expect(sum).toBeGreaterThanOrEqual(1_000);
    expect(sum).toBeLessThanOrEqual(1_020);
  });

  it('outlive their process', async () => {
    const who = newId();
    expect(await allowed(batchedLimiter(postgresLimiter()), who, 1_100)).toBe(1_000);
    const restarted = batchedLimiter(postgresLimiter());
    expect(await restarted.consume(thousand, who)).toMatchObject({ isAllowed: false, remaining: 0 });
    expect(await allowed(restarted, who, 100)).toBe(0);
  });

  it('cost a write for each hundredth, and none over the limit', async () => {
    const store = postgresLimiter();
    const told = vi.spyOn(store, 'consume');
    const limiter = batchedLimiter(store);
    const who = newId();
    const first = await limiter.consume(thousand, who);
    expect(first).toMatchObject({ isAllowed: true, remaining: 999 });
    expect(await limiter.consume(thousand, who)).toMatchObject({ isAllowed: true, remaining: 998 });
    await allowed(limiter, who, 5_000);
    expect(told.mock.calls.length).toBeLessThanOrEqual(101);
    expect(await limiter.consume(thousand, who)).toMatchObject({ isAllowed: false, remaining: 0 });
  });

  it('are as good for many at once, and begin anew when their window has ended', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const limiter = batchedLimiter(postgresLimiter());
    const who = newId();
    const counts = await Promise.all(times(1_100).map(() => limiter.consume(thousand, who)));
    expect(counts.filter(({ isAllowed }) => isAllowed)).toHaveLength(1_000);
    vi.setSystemTime(Date.now() + 61_000);
    expect(await limiter.consume(thousand, who)).toMatchObject({ isAllowed: true, remaining: 999 });
  });
});

describe('consume', () => {
  it('counts what is asked often in the database too, though not each time', async () => {
    const who = newId();
    const counts = () => sql()`select xmin, points from rate_limits order by key`;
    expect(await consume('reads', who)).toMatchObject({ isAllowed: true, policy: { name: 'reads' } });
    const before = await counts();
    for (const _ of times(1_000)) await consume('reads', who);
    expect(await counts()).toEqual(before);
    for (const _ of times(500)) await consume('reads', who);
    expect(await counts()).toContainEqual(expect.objectContaining({ points: 1_201 }));
  });

  it('counts the rest in the database, and gives back there', async () => {
    const who = newId();
    const { remaining } = await consume('novels', who);
    await giveBack('novels', who);
    expect(await consume('novels', who)).toMatchObject({ remaining });
  });
});

describe('an attempt to sign in', () => {
  const try10 = async (email: string, address: string) => {
    for (const _ of times(10)) await throttleSignIn({ email, address });
  };
  const refused = expect.objectContaining({ code: 'RATE_LIMITED', retryAfterMs: expect.any(Number) });

  it('is refused after ten failures to one account from one address, and from there only', async () => {
    const email = `${newId()}@example.org`;
    await try10(email, '192.0.2.1');
    await expect(throttleSignIn({ email, address: '192.0.2.1' })).rejects.toEqual(refused);
    await expect(throttleSignIn({ email: email.toUpperCase(), address: '192.0.2.1' })).rejects.toEqual(refused);
    await throttleSignIn({ email, address: '192.0.2.2' });
    await throttleSignIn({ email: `${newId()}@example.org`, address: '192.0.2.1' });
  });

  it('is refused after ten at once as well', async () => {
    const attempt = { email: `${newId()}@example.org`, address: '192.0.2.3' };
    const results = await Promise.allSettled(times(30).map(() => throttleSignIn(attempt)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
  });

  it('does not count when it succeeds', async () => {
    const attempt = { email: `${newId()}@example.org`, address: '192.0.2.4' };
    for (const _ of times(30)) await (await throttleSignIn(attempt)).succeeded();
    await throttleSignIn(attempt);
  });

  it('is refused to an account that is tried from everywhere', async () => {
    const email = `${newId()}@example.org`;
    for (const host of Array.from({ length: 10 }).keys()) await try10(email, `198.51.100.${host}`);
    await expect(throttleSignIn({ email, address: '198.51.100.200' })).rejects.toEqual(refused);
  });

  it('is refused to an address that tries everybody', async () => {
    const address = '203.0.113.9';
    for (const _ of times(20)) await try10(`${newId()}@example.org`, address);
    await expect(throttleSignIn({ email: `${newId()}@example.org`, address })).rejects.toEqual(refused);
  });
});
