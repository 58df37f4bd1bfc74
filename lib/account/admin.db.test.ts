import { expect, it, vi } from 'vitest';
import { sql } from '@/db/client';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { addUser } from '@/db/testing/factories';
import { adjustAccount } from './adjust-account';
import { listAccounts } from './list-accounts';
import { AccountQuery } from './schema';

await vi.hoisted(async () => (await import('@/db/testing/prepare-environment')).prepareEnvironment());

connectTestDatabase();

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
