import { afterAll, describe, expect, it, vi } from 'vitest';
import { db, sql } from '@/db/client';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { addUser } from '@/db/testing/factories';
import { newId } from '@/lib/ids';
import { adjustCredits, type CreditsTransaction, grantMonth, reserveCredits, settleCredits } from './ledger';
import { monthOf, nextMonth } from './month';
import { getCredits, listLedger, receiptOf } from './queries';
import { Adjustment } from './schema';

const { remove } = await vi.hoisted(async () =>
  (await import('@/db/testing/prepare-environment')).prepareEnvironment({
    MONTHLY_CREDITS: '1000',
    MAX_CREDITS_PER_JOB: '900',
    MAX_CREDITS_PER_DAY: '1500',
  }),
);
connectTestDatabase();
afterAll(remove);

const inTransaction = <T>(work: (tx: CreditsTransaction) => Promise<T>) => db().transaction(work);
const runOf = (userId: string, run = 0) => ({ userId, jobId: newId(), run });
type Run = ReturnType<typeof runOf>;
const reserve = (run: Run, credits: number) => inTransaction((tx) => reserveCredits(tx, run, credits));
const settle = (run: Run, credits: number) => inTransaction((tx) => settleCredits(tx, run, credits));
const adjust = (userId: string, amount: number) =>
  inTransaction((tx) => adjustCredits(tx, userId, { amount, note: 'a gift' }, 'operator@example.org'));
const balance = async (userId: string) => (await getCredits(userId)).balance;
const entries = (userId: string) => listLedger(userId, { limit: 100 }).then(({ items }) => items);

describe('the grant of a month', () => {
  it('is given once, however many ask first', async () => {
    const userId = await addUser();
    const all = await Promise.all(Array.from({ length: 30 }, () => getCredits(userId)));
    expect(new Set(all.map((one) => one.balance))).toEqual(new Set([1000]));
    expect(await entries(userId)).toMatchObject([{ kind: 'grant', amount: 1000 }]);
  });

  it('cannot be written twice', async () => {
    const userId = await addUser();
    const insert = () => sql()`
      insert into ledger_entries (id, user_id, kind, amount, month) values (${newId()}, ${userId}, 'grant', 5, '2026-01')`;
    await insert();
    await expect(insert()).rejects.toThrow('ledger_entries_one_grant_a_month');
  });

  it('begins anew with the month, in UTC, and says when', async () => {
    expect(monthOf(new Date('2026-12-31T23:59:59Z'))).toBe('2026-12');
    expect(nextMonth(new Date('2026-12-31T23:59:59Z')).toISOString()).toBe('2027-01-01T00:00:00.000Z');
    const now = new Date();
    const next = nextMonth(now).toISOString();
    expect(await getCredits(await addUser())).toMatchObject({ month: monthOf(now), granted: 1000, next_reset: next });
  });
});

describe('a reservation', () => {
  it('is charged for what was used, and the rest comes back', async () => {
    const run = runOf(await addUser());
    await reserve(run, 300);
    expect(await getCredits(run.userId)).toMatchObject({ balance: 700, reserved: 300, used: 0, refunded: 0 });
    expect(await settle(run, 120)).toBe(120);
    expect(await getCredits(run.userId)).toMatchObject({ balance: 880, reserved: 0, used: 120, refunded: 180 });
    expect(await receiptOf(run.jobId)).toEqual({ reserved: 300, settled: 120, refunded: 180 });
    expect(await entries(run.userId)).toMatchObject([
      { kind: 'settle', amount: 180, reserved: 300, used: 120, job_id: run.jobId },
      { kind: 'reserve', amount: -300 },
      { kind: 'grant', amount: 1000 },
    ]);
  });

  it('comes back whole when nothing was used, and is never charged more than it holds', async () => {
    const userId = await addUser();
    const [idle, greedy] = [runOf(userId), runOf(userId)];
    await reserve(idle, 50);
    await reserve(greedy, 50);
    expect(await settle(idle, 0)).toBe(0);
    expect(await settle(greedy, 1_000_000)).toBe(50);
    expect(await balance(userId)).toBe(950);
    expect((await entries(userId)).slice(0, 2).map(({ kind }) => kind)).toEqual(['settle', 'release']);
  });

  it('is settled once, however many settle it', async () => {
    const run = runOf(await addUser());
    await reserve(run, 100);
    const charged = await Promise.all(Array.from({ length: 8 }, () => settle(run, 40)));
    expect(charged.toSorted()).toEqual([0, 0, 0, 0, 0, 0, 0, 40]);
    expect(await balance(run.userId)).toBe(960);
    expect(await settle(run, 0)).toBe(0);
  });

  it('of nothing leaves nothing, and settling what was not reserved neither', async () => {
    const run = runOf(await addUser());
    await reserve(run, 0);
    expect(await settle(run, 10)).toBe(0);
    expect(await entries(run.userId)).toEqual([]);
  });

  it('is made once for a run, and again for a retry', async () => {
    const run = runOf(await addUser());
    await reserve(run, 10);
    await expect(reserve(run, 10)).rejects.toMatchObject({ cause: { constraint_name: 'ledger_entries_once_a_run' } });
    await reserve({ ...run, run: 1 }, 10);
    expect(await balance(run.userId)).toBe(980);
  });

  it('gives back to the month it came from', async () => {
    const run = runOf(await addUser());
    await inTransaction((tx) => grantMonth(tx, run.userId, '2020-02'));
    await sql()`
      insert into ledger_entries (id, user_id, kind, amount, month, job_id, run, reserved)
      values (${newId()}, ${run.userId}, 'reserve', -80, '2020-02', ${run.jobId}, 0, 80)`;
    await settle(run, 30);
    expect(await balance(run.userId)).toBe(1000);
    const { items } = await listLedger(run.userId, { month: '2020-02', limit: 10 });
    expect(items.map(({ amount }) => amount)).toEqual([50, -80, 1000]);
  });
});

describe('who asks for more than there is', () => {
  it('is told what is missing, and nothing changes', async () => {
    const run = runOf(await addUser());
    await reserve(run, 800);
    await expect(reserve(runOf(run.userId), 300)).rejects.toMatchObject({
      code: 'INSUFFICIENT_CREDITS',
      facts: { shortfall_credits: 100 },
    });
    expect(await balance(run.userId)).toBe(200);
  });

  it('gets it once when two ask at the same time', async () => {
    const userId = await addUser();
    const results = await Promise.allSettled(Array.from({ length: 10 }, () => reserve(runOf(userId), 400)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    expect(await balance(userId)).toBe(200);
  });

  it('meets the cap of a job and that of a day', async () => {
    const userId = await addUser();
    await adjust(userId, 5000);
    await expect(reserve(runOf(userId), 901)).rejects.toMatchObject({ code: 'CREDIT_LIMIT_REACHED' });
    const first = runOf(userId);
    await reserve(first, 900);
    await expect(reserve(runOf(userId), 601)).rejects.toMatchObject({ code: 'CREDIT_LIMIT_REACHED' });
    await settle(first, 100);
    await reserve(runOf(userId), 900);
    await expect(reserve(runOf(userId), 501)).rejects.toMatchObject({ code: 'CREDIT_LIMIT_REACHED' });
    await reserve(runOf(userId), 500);
  });

  it('cannot be served by the database either', async () => {
    const run = runOf(await addUser());
    await expect(
      sql()`insert into ledger_entries (id, user_id, kind, amount, month, job_id, run, reserved)
        values (${newId()}, ${run.userId}, 'reserve', -1, '2026-01', ${run.jobId}, 0, 1)`,
    ).rejects.toThrow('would fall below zero');
  });
});

describe('an adjustment', () => {
  it('says who and why, and counts', async () => {
    const userId = await addUser();
    await adjust(userId, 250);
    await adjust(userId, -50);
    expect(await getCredits(userId)).toMatchObject({ balance: 1200, granted: 1000, adjusted: 200 });
    const [row] = await sql()`select actor, note from ledger_entries where kind = 'adjustment' and user_id = ${userId}`;
    expect(row).toEqual({ actor: 'operator@example.org', note: 'a gift' });
  });

  it('takes no more than there is, and is no number that overflows', async () => {
    const userId = await addUser();
    await expect(adjust(userId, -1001)).rejects.toMatchObject({ code: 'INSUFFICIENT_CREDITS' });
    for (const amount of [0, 1.5, 2 ** 31, -(2 ** 53), Number.NaN, '5']) {
      expect(Adjustment.safeParse({ amount, note: 'why' }).success).toBe(false);
    }
    await expect(adjust(userId, 2 ** 40)).rejects.toThrow();
    expect(await balance(userId)).toBe(1000);
  });
});

describe('the ledger', () => {
  const wrongEntries: [string, Record<string, string | number | null>][] = [
    ['a reservation that adds', { kind: 'reserve', amount: 50, reserved: 50 }],
    ['a reservation of a negative sum', { kind: 'reserve', amount: 50, reserved: -50 }],
    ['a reservation of nothing', { kind: 'reserve', amount: 0, reserved: 0 }],
    ['a refund of what was never reserved', { kind: 'release', amount: 50, reserved: 50, used: 0, closes: 'reserve' }],
    ['a refund without its reservation', { kind: 'release', amount: 50, reserved: 50, used: 0, closes: null }],
    ['a settlement that gives back too much', { kind: 'settle', amount: 60, reserved: 50, used: 1, closes: 'reserve' }],
    ['a settlement below zero', { kind: 'settle', amount: 60, reserved: 50, used: -10, closes: 'reserve' }],
    ['an adjustment without a name', { kind: 'adjustment', amount: 50, job_id: null, run: null }],
    ['a grant of a negative sum', { kind: 'grant', amount: -5, job_id: null, run: null }],
    ['an unknown kind', { kind: 'present', amount: 50, job_id: null, run: null }],
    ['a month that is none', { kind: 'grant', amount: 5, month: '2026-13', job_id: null, run: null }],
  ];

  it.each(wrongEntries)('refuses %s', async (_, values) => {
    const userId = await addUser();
    const entry = { id: newId(), user_id: userId, month: '2026-01', job_id: newId(), run: 0, ...values };
    await expect(sql()`insert into ledger_entries ${sql()(entry)}`).rejects.toThrow(/violates|below zero/);
    expect(await entries(userId)).toEqual([]);
  });

  it('refuses to close a reservation for more, for another reader or in another month', async () => {
    const run = runOf(await addUser());
    const stranger = await addUser();
    await reserve(run, 50);
    const month = monthOf(new Date());
    const closing = { id: newId(), user_id: run.userId, month, job_id: run.jobId, run: 0, closes: 'reserve', used: 0 };
    for (const wrong of [{ reserved: 60 }, { user_id: stranger }, { month: '2020-01' }, { run: 1 }]) {
      const entry = { ...closing, kind: 'release', reserved: 50, amount: 50, ...wrong };
      await expect(sql()`insert into ledger_entries ${sql()({ ...entry, amount: entry.reserved })}`).rejects.toThrow(
        'ledger_entries_closing_has_its_reservation',
      );
    }
    expect(await balance(run.userId)).toBe(950);
  });

  it('is only ever added to', async () => {
    const userId = await addUser();
    await getCredits(userId);
    await expect(sql()`update ledger_entries set amount = 9999 where user_id = ${userId}`).rejects.toThrow(
      'append-only',
    );
    await expect(sql()`delete from ledger_entries where user_id = ${userId}`).rejects.toThrow('append-only');
    await expect(sql()`truncate ledger_entries`).rejects.toThrow('append-only');
    expect(await balance(userId)).toBe(1000);
  });

  it('goes with the account it belongs to', async () => {
    const run = runOf(await addUser());
    await reserve(run, 10);
    await settle(run, 5);
    await sql()`delete from users where id = ${run.userId}`;
    expect(await entries(run.userId)).toEqual([]);
  });

  it('is read a page at a time, each entry once', async () => {
    const userId = await addUser();
    for (let i = 0; i < 5; i += 1) await adjust(userId, i + 1);
    const seen: number[] = [];
    let cursor: string | undefined;
    do {
      const page = await listLedger(userId, { limit: 2, ...(cursor && { cursor }) });
      seen.push(...page.items.map(({ amount }) => amount));
      cursor = page.next ?? undefined;
    } while (cursor);
    expect(seen).toEqual([5, 4, 3, 2, 1, 1000]);
  });
});
