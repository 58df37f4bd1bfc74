import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { expect, it } from 'vitest';
import { sql } from '@/db/client';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { inLane } from './in-lane';

const database = connectTestDatabase();
const { signal } = new AbortController();

const lanesHeld = async () => {
  const [row] = await sql()`select count(*)::int as n from pg_locks
    where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`;
  return row?.n;
};

it('no more work is done at a time than there are lanes, and all is done', async () => {
  let now = 0;
  let most = 0;
  const work = () =>
    inLane(3, signal, async () => {
      now += 1;
      most = Math.max(most, now);
      await sleep(30);
      now -= 1;
    });
  await Promise.all(Array.from({ length: 9 }, work));
  expect(most).toBe(3);
  await expect.poll(lanesHeld).toBe(0);
});

it('lanes that other processes hold are not there, until they let go or die', async () => {
  const elsewhere = postgres(database.url, { max: 1 });
  await elsewhere`select pg_advisory_lock(hashtextextended('lane ' || lane, 0)) from generate_series(1, 2) lane`;
  expect(await inLane(3, signal, lanesHeld)).toBe(3);
  let isDone = false;
  const waiting = inLane(2, signal, async () => {
    isDone = true;
  });
  await sleep(50);
  expect(isDone).toBe(false);
  await elsewhere.end();
  await waiting;
});

it('waits no longer than is wanted', async () => {
  const abort = new AbortController();
  const first = inLane(1, signal, () => sleep(500));
  const second = inLane(1, abort.signal, async () => 'in vain');
  abort.abort(new Error('cancelled'));
  await expect(second).rejects.toThrow();
  await first;
  expect(await inLane(1, signal, async () => 'mine')).toBe('mine');
});
