import { createServer } from 'node:http';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { sql } from '@/db/client';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { listen } from '@/e2e/support/listen';
import { startUpstash } from '@/e2e/support/upstash-server';
import { newId } from '@/lib/ids';
import { consume, giveBack } from './consume';
import type { Policy } from './policies';
import { upstashLimiter } from './upstash-limiter';

const TOKEN = 'a token';
const { environment, port } = await vi.hoisted(async () => {
  const { findFreePort } = await import('@/scripts/start/free-port');
  const { prepareEnvironment } = await import('@/db/testing/prepare-environment');
  const port = await findFreePort(0, '127.0.0.1');
  const environment = prepareEnvironment({
    UPSTASH_REDIS_REST_URL: `http://127.0.0.1:${port}`,
    UPSTASH_REDIS_REST_TOKEN: 'a token',
    PROCESS_LIMIT_PER_HOUR: '3',
    LOG_LEVEL: 'silent',
  });
  return { environment, port };
});
connectTestDatabase();

let server = await startUpstash(TOKEN, port);
beforeEach(() => {
  vi.useRealTimers();
});
afterAll(async () => {
  await server.close();
  environment.remove();
});

const three: Policy = { name: 'novels', points: 3, seconds: 3600 };
const times = (count: number) => Array.from({ length: count });
const limiter = (token = TOKEN) => upstashLimiter({ url: server.url, token });

describe('a limiter at Upstash', () => {
  it('lets as many through as its policy says, however many ask at once, from however many processes', async () => {
    const who = newId();
    const processes = [limiter(), limiter()];
    const counts = await Promise.all(processes.flatMap((each) => times(10).map(() => each.consume(three, who))));
    expect(counts.filter(({ isAllowed }) => isAllowed)).toHaveLength(3);
    expect(
      counts
        .map(({ remaining }) => remaining)
        .toSorted((a, b) => b - a)
        .slice(0, 4),
    ).toEqual([2, 1, 0, 0]);
    for (const { resetMs } of counts) expect(resetMs).toBeLessThanOrEqual(3_600_000);
    expect(await limiter().consume(three, newId())).toMatchObject({ isAllowed: true, remaining: 2 });
    expect(await limiter().consume({ ...three, name: 'exports' }, who)).toMatchObject({ isAllowed: true });
  });

  it('takes a use back', async () => {
    const who = newId();
    const each = limiter();
    await Promise.all(times(3).map(() => each.consume(three, who)));
    await each.giveBack(three, who);
    expect(await each.consume(three, who)).toMatchObject({ isAllowed: true, remaining: 0 });
    expect(await each.consume(three, who)).toMatchObject({ isAllowed: false });
  });

  it('begins anew when the window has ended', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const who = newId();
    const each = limiter();
    await Promise.all(times(4).map(() => each.consume(three, who)));
    const { resetMs } = await each.consume(three, who);
    vi.setSystemTime(Date.now() + resetMs - 1);
    expect(await each.consume(three, who)).toMatchObject({ isAllowed: false });
    vi.setSystemTime(Date.now() + 1);
    expect(await each.consume(three, who)).toMatchObject({ isAllowed: true, remaining: 2 });
  });

  it('says nothing there about whom it counts', async () => {
    await limiter().consume(three, 'colette@example.org');
    expect(server.keys().join()).not.toContain('colette');
  });

  it('throws when it is refused', async () => {
    await expect(limiter('another token').consume(three, newId())).rejects.toThrow('Unauthorized');
  });

  it('throws when it does not answer', async () => {
    const silent = await listen(createServer(() => undefined));
    const url = `http://127.0.0.1:${silent.port}`;
    await expect(upstashLimiter({ url, token: TOKEN }).consume(three, newId())).rejects.toThrow(/timeout|aborted/i);
    await silent.close();
  });
});

describe('what is configured', () => {
  it('is counted there, not in PostgreSQL', async () => {
    const who = newId();
    const counts = await Promise.all(times(5).map(() => consume('novels', who)));
    expect(counts.filter(({ isAllowed }) => isAllowed)).toHaveLength(3);
    await giveBack('novels', who);
    await giveBack('novels', who);
    await giveBack('novels', who);
    expect(await consume('novels', who)).toMatchObject({ isAllowed: true });
    expect(await sql()`select * from rate_limits`).toEqual([]);
  });

  it('is done without while it is away, and is back at once when it is', async () => {
    const who = newId();
    await server.close();
    const alone = await Promise.all(times(5).map(() => consume('novels', who)));
    expect(alone.filter(({ isAllowed }) => isAllowed)).toHaveLength(3);
    server = await startUpstash(TOKEN, port);
    expect(await consume('novels', who)).toMatchObject({ isAllowed: true, remaining: 2 });
  });
});
