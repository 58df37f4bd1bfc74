import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { expect, it } from 'vitest';
import { sql } from '@/db/client';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { workAlone } from './work-alone';

const database = connectTestDatabase();
const always = () => Promise.resolve(true);

/** What another process would hold. */
async function holdElsewhere(name: string) {
  const elsewhere = postgres(database.url, { max: 1 });
  await elsewhere`select pg_advisory_lock(hashtextextended(${name}, 0))`;
  const [row] = await elsewhere<{ pid: number }[]>`select pg_backend_pid() as pid`;
  return { release: () => elsewhere.end(), pid: row?.pid ?? 0 };
}

const locksHeld = async () => {
  const [row] = await sql()`select count(*)::int as n from pg_locks
    where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`;
  return row?.n;
};

it('does the work, and lets go of its name whether it succeeds or fails', async () => {
  expect(await workAlone('a', always, async () => locksHeld())).toBe(1);
  await expect(workAlone('a', always, () => Promise.reject(new Error('undone')))).rejects.toThrow('undone');
  await expect.poll(locksHeld).toBe(0);
});

it('waits for another process that has the name, and for no other name', async () => {
  const other = await holdElsewhere('b');
  let isDone = false;
  const waiting = workAlone('b', always, async () => {
    isDone = true;
  });
  expect(await workAlone('c', always, async () => 7)).toBe(7);
  expect(isDone).toBe(false);
  await other.release();
  await waiting;
  expect(isDone).toBe(true);
});

it('waits for this process as well, whose session is given its own locks again', async () => {
  const done: string[] = [];
  const work = (name: string) =>
    workAlone('b', always, async () => {
      done.push(`${name} begins`);
      await sleep(50);
      done.push(`${name} ends`);
    });
  await Promise.all([work('one'), work('other')]);
  expect(done).toEqual(['one begins', 'one ends', 'other begins', 'other ends']);
});

it('goes on at once when the other process is dead', async () => {
  const other = await holdElsewhere('d');
  const waiting = workAlone('d', always, async () => 'mine');
  // The server sees a killed process as a closed connection; this is its end of it.
  await sql()`select pg_terminate_backend(${other.pid})`;
  expect(await waiting).toBe('mine');
  await other.release();
});

it('waits no longer than it is wanted', async () => {
  const other = await holdElsewhere('e');
  let looks = 0;
  const isWanted = async () => {
    looks += 1;
    return looks < 3;
  };
  expect(await workAlone('e', isWanted, async () => 'mine')).toBeUndefined();
  await other.release();
});
