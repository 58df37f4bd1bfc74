import { expect, it } from 'vitest';
import { asWork, session, sql } from './client';
import { connectTestDatabase } from './testing/connect-test-database';

connectTestDatabase();

it('the session that holds locks lasts as long as the process', () => {
  expect(session().options).toMatchObject({ max: 1, max_lifetime: null, idle_timeout: null });
});

it('a process that stands still in a transaction does not hold its rows for good', async () => {
  for (const shown of [
    sql()`show idle_in_transaction_session_timeout`,
    asWork(() => sql()`show idle_in_transaction_session_timeout`),
  ])
    expect(await shown).toEqual([{ idle_in_transaction_session_timeout: '1min' }]);
});

it('whoever asks does not wait behind the work on novels', async () => {
  await session()`select pg_advisory_lock(4711)`;
  const working = asWork(() =>
    Promise.all(Array.from({ length: 20 }, () => sql()`select pg_advisory_xact_lock_shared(4711)`)),
  );
  expect(await sql()`select 1 as answer`).toEqual([{ answer: 1 }]);
  await session()`select pg_advisory_unlock(4711)`;
  await working;
});
