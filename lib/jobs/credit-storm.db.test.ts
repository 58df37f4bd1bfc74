import { afterAll, expect, it, vi } from 'vitest';
import { db, sql } from '@/db/client';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { addUser } from '@/db/testing/factories';
import { adjustCredits } from '@/lib/credits/ledger';
import { creditStorm } from './testing/credit-storm';

const { remove } = await vi.hoisted(async () =>
  (await import('@/db/testing/prepare-environment')).prepareEnvironment({
    GEMINI_API_KEY: 'key',
    MONTHLY_CREDITS: '4000',
    MAX_CREDITS_PER_DAY: '1000000',
  }),
);
connectTestDatabase();
afterAll(remove);

it('keeps the books right through 500 random interleavings with crashes', { timeout: 300_000 }, async () => {
  const [rich, richer] = [await addUser(), await addUser()];
  const userIds = [await addUser(), await addUser(), rich, richer] as const;
  for (const userId of [rich, richer]) {
    const gift = { amount: 20_000, note: 'a gift' };
    await db().transaction((tx) => adjustCredits(tx, userId, gift, 'operator@example.org'));
  }
  const findings = await creditStorm({ seed: 4, interleavings: 500, userIds, lanes: 6 });
  expect(findings).toEqual({ unbalanced: [], overdrawn: [], open: [], mischarged: [] });

  const counted = await sql()`select kind, count(*)::int as n from ledger_entries group by kind`;
  const kinds = Object.fromEntries(counted.map(({ kind, n }) => [kind, n]));
  // A storm in which nothing happens would prove nothing.
  expect(kinds).toMatchObject({ grant: 4, adjustment: 2 });
  expect(kinds.reserve).toBeGreaterThan(150);
  expect(kinds.settle).toBeGreaterThan(50);
  expect(kinds.release).toBeGreaterThan(50);
  expect(kinds.settle + kinds.release).toBe(kinds.reserve);
  const [retries] = await sql()`select count(*)::int as n from ledger_entries where kind = 'reserve' and run > 0`;
  expect(retries?.n).toBeGreaterThan(10);
});
