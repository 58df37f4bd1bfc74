import { afterAll, expect, it, vi } from 'vitest';
import { POST } from '@/app/api/admin/users/[userId]/adjustments/route';
import { db, sql } from '@/db/client';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { addUser } from '@/db/testing/factories';
import { signAccessToken } from '@/lib/auth/access-token';
import { correctDeparture, noteDeparture } from '@/lib/credits/departures';
import { reserveCredits, settleCredits } from '@/lib/credits/ledger';
import { monthOf } from '@/lib/credits/month';
import { getCredits } from '@/lib/credits/queries';
import { Credits } from '@/lib/credits/schema';
import { newId } from '@/lib/ids';
import { adjustAccount } from './adjust-account';
import { listAccounts } from './list-accounts';
import { AccountQuery } from './schema';

const environment = await vi.hoisted(async () =>
  (await import('@/db/testing/prepare-environment')).prepareEnvironment({ REQUEST_LIMIT_PER_MINUTE: '10000' }),
);

connectTestDatabase();
afterAll(environment.remove);

const MOST = 1_000_000_000;

const asAdmin = async (admin: string, userId: string, amount: number) => {
  const headers = { authorization: `Bearer ${await signAccessToken(admin)}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ amount, note: 'a gift' });
  const url = `http://localhost/api/admin/users/${userId}/adjustments`;
  return POST(new Request(url, { method: 'POST', headers, body }), { params: Promise.resolve({ userId }) });
};

it('an adjustment is in the ledger with who and why, and takes no more than there is', async () => {
  const [admin, reader] = [await addUser({ role: 'admin' }), await addUser()];
  const { balance } = await adjustAccount(reader, { amount: 50, note: 'a book that failed' }, admin);
  expect(await sql()`select amount, actor, note from ledger_entries where kind = 'adjustment'`).toEqual([
    { amount: 50, actor: admin, note: 'a book that failed' },
  ]);
  await expect(adjustAccount(reader, { amount: -balance - 1, note: 'too much' }, admin)).rejects.toMatchObject({
    code: 'INSUFFICIENT_CREDITS',
  });
  expect(await adjustAccount(reader, { amount: -balance, note: 'all of it' }, admin)).toMatchObject({ balance: 0 });
});

it('nobody, and somebody who is gone, is given nothing', async () => {
  const gone = await addUser();
  await sql()`update users set email = id || '@deleted.invalid', deleted_at = now() where id = ${gone}`;
  for (const id of ['nobody', gone])
    await expect(adjustAccount(id, { amount: 1, note: 'x' }, 'y')).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

it('accounts are listed page by page and found by a part of their address, wildcards taken as they are', async () => {
  const ids = [
    await addUser(),
    await addUser({ email: 'a_b@example.org' }),
    await addUser({ email: 'axb@example.org' }),
  ];
  const first = await listAccounts(AccountQuery.parse({ limit: 2 }));
  expect(first.items.map(({ id }) => id)).toEqual([ids[2], ids[1]]);
  const second = await listAccounts(AccountQuery.parse({ limit: 2, cursor: first.next }));
  expect(second.items[0]?.id).toBe(ids[0]);
  expect((await listAccounts(AccountQuery.parse({ q: 'A_B' }))).items.map(({ id }) => id)).toEqual([ids[1]]);
});

it('an account is listed with what it has left, whether it has asked this month or not', async () => {
  const [admin, asked, fresh] = [await addUser({ role: 'admin' }), await addUser(), await addUser()];
  const { balance } = await adjustAccount(asked, { amount: -40, note: 'taken back' }, admin);
  const { items } = await listAccounts(AccountQuery.parse({ limit: 3 }));
  expect(items.map((account) => [account.id, account.balance])).toEqual([
    [fresh, 10_000],
    [asked, balance],
    [admin, 10_000],
  ]);
  expect(balance).toBe(9_960);
});

it('no month is brought above what it may hold, and what was refused left nothing', async () => {
  const [admin, reader] = [await addUser({ role: 'admin' }), await addUser()];
  const refused = await asAdmin(admin, reader, MOST);
  expect(refused.status).toBe(422);
  expect(await refused.json()).toMatchObject({ code: 'INVALID_INPUT', errors: [{ field: 'amount' }] });
  expect(await getCredits(reader)).toMatchObject({ balance: 10_000, adjusted: 0 });
  expect((await asAdmin(admin, reader, MOST - 10_000)).status).toBe(201);
  expect((await asAdmin(admin, reader, 1)).status).toBe(422);
  expect((await asAdmin(admin, reader, -MOST)).status).toBe(201);
  expect((await asAdmin(admin, reader, -1)).status).toBe(402);
  expect(Credits.parse(await getCredits(reader)).balance).toBe(0);
});

it('nor by fifty at once, and what is reserved counts: it may all come back', async () => {
  const [admin, reader] = [await addUser({ role: 'admin' }), await addUser()];
  const run = { userId: reader, jobId: newId(), run: 0 };
  await db().transaction((tx) => reserveCredits(tx, run, 5_000));
  const answers = await Promise.all(Array.from({ length: 50 }, () => asAdmin(admin, reader, MOST / 10)));
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(9);
  expect(answers.filter(({ status }) => status === 422)).toHaveLength(41);
  expect((await asAdmin(admin, reader, MOST / 10 - 10_000)).status).toBe(201);
  expect((await asAdmin(admin, reader, 1)).status).toBe(422);
  await db().transaction((tx) => settleCredits(tx, run, 0));
  expect(Credits.parse(await getCredits(reader)).balance).toBe(MOST);
});

it('a ledger that already holds more than a machine’s small integer is read, listed and left', async () => {
  const [admin, reader] = [await addUser({ role: 'admin' }), await addUser()];
  await getCredits(reader);
  for (const _ of [1, 2, 3])
    await sql()`
      insert into ledger_entries (id, user_id, kind, amount, month, actor, note)
      values (${newId()}, ${reader}, 'adjustment', ${MOST}, ${monthOf(new Date())}, ${admin}, 'a gift')`;
  expect(Credits.parse(await getCredits(reader)).balance).toBe(3 * MOST + 10_000);
  const { items } = await listAccounts(AccountQuery.parse({ limit: 1 }));
  expect(items).toMatchObject([{ id: reader, balance: 3 * MOST + 10_000 }]);
  const run = { userId: reader, jobId: newId(), run: 0 };
  await db().transaction((tx) => reserveCredits(tx, run, 10));
  const departure = await db().transaction((tx) => noteDeparture(tx, { id: reader, email: 'rich@example.org' }));
  await db().transaction((tx) => settleCredits(tx, run, 5));
  if (departure) await correctDeparture(reader, departure);
  expect(departure?.left).toBe(MOST);
  expect((await asAdmin(admin, reader, -MOST)).status).toBe(201);
});
