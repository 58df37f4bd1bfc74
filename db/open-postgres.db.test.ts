import { Socket } from 'node:net';
import { sql as said } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/postgres-js';
import fc from 'fast-check';
import type { ISql, Sql } from 'postgres';
import { afterEach, beforeEach, expect, inject, onTestFinished, test, vi } from 'vitest';
import { openPostgres } from './open-postgres';

/** Well below the 30 s after which the driver gives a stuck connection up. */
const AT_ONCE_MS = 5_000;

let sql: Sql;
let admin: Sql;
let began: number;

beforeEach(() => {
  const { url } = inject('postgres');
  sql = openPostgres(url, { max: 1 });
  admin = openPostgres(url, { max: 1 });
  began = Date.now();
});
afterEach(() => Promise.all([sql.end(), admin.end()]));

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error) => String(error.code),
  );

async function pidOf(db: ISql): Promise<number> {
  const [row] = await db<{ pid: number }[]>`select pg_backend_pid() as pid`;
  return row?.pid ?? 0;
}

/** The first query may still hear of the loss, the next ones not. */
async function expectRecovery(): Promise<void> {
  await codeOf(sql`select 1`);
  for (const n of [1, 2, 3]) expect([...(await sql`select ${n}::int as n`)]).toEqual([{ n }]);
  expect(await sql.begin((tx) => pidOf(tx))).toBe(await pidOf(sql));
  expect(Date.now() - began).toBeLessThan(AT_ONCE_MS);
}

test('A connection lost in a transaction fails that transaction; the next queries find another.', async () => {
  const lost = sql.begin(async (tx) => {
    const pid = await pidOf(tx);
    await Promise.all([tx`select pg_sleep(20)`, admin`select pg_terminate_backend(${pid})`]);
  });
  expect(await codeOf(lost)).toBe('CONNECTION_CLOSED');
  await expectRecovery();
});

test('A connection lost between two queries of a transaction fails that transaction as well.', async () => {
  const lost = sql.begin(async (tx) => {
    const pid = await pidOf(tx);
    await admin`select pg_terminate_backend(${pid})`;
    await tx`select 1`;
  });
  expect(await codeOf(lost)).toMatch(/^(CONNECTION_CLOSED|57P01)$/);
  await expectRecovery();
});

test('A connection lost in the very turn in which it is written to is not stuck for ever.', async () => {
  const connect = vi.spyOn(Socket.prototype, 'connect');
  onTestFinished(() => connect.mockRestore());
  await sql`select 1`;
  const [socket] = connect.mock.contexts;
  if (!(socket instanceof Socket)) throw new Error('no socket was opened');
  // From here on the end of the socket comes before what is written in this turn.
  await new Promise(setImmediate);
  const lost = codeOf(sql`select 1`);
  socket.destroy();
  expect(await lost).toBe('CONNECTION_CLOSED');
  await expectRecovery();
});

test('A connection lost as soon as it stands is opened again, and ends no process.', async () => {
  const write = Socket.prototype._write;
  let asked = '';
  const spy = vi.spyOn(Socket.prototype, '_write').mockImplementation(function (this: Socket, ...written) {
    write.apply(this, written);
    if (asked || !String(written[0]).includes('select')) return;
    asked = String(written[0]);
    this.destroy();
  });
  onTestFinished(() => spy.mockRestore());
  expect(await codeOf(sql`select 'asked'`)).toBe('CONNECTION_CLOSED');
  expect(asked).toContain("select 'asked'");
  await expectRecovery();
});

test('Arrays come back as they went, whatever is in them.', async () => {
  const marks = fc.constantFrom('"', '\\', ',', '{', '}', ' ', '\n', 'NULL');
  const text = fc.oneof(fc.string({ unit: marks }), fc.string({ unit: 'grapheme' }));
  const texts = fc.array(fc.option(text));
  const ids = fc.array(fc.uuid());
  const numbers = fc.array(fc.option(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })));
  await fc.assert(
    fc.asyncProperty(texts, ids, numbers, fc.array(fc.boolean()), async (a, b, c, d) => {
      const [row] = await sql`
        select ${a}::text[] as a, ${b}::uuid[] as b, ${c}::int[] as c, ${c}::float8[] as f, ${c}::bigint[]::text[] as n,
          ${d.map(String)}::text[]::boolean[] as d`;
      expect(row).toEqual({ a, b, c, f: c, n: c.map((n) => (n === null ? null : String(n))), d });
    }),
    { numRuns: 200 },
  );
});

test('What drizzle says is prepared once, in a transaction and outside; a list of rows is not.', async () => {
  const database = drizzle(sql);
  const search = (length: number) => said`select 1 where 0 in ${Array.from({ length }, (_, index) => index)}`;
  const prepared = () => sql.unsafe('select statement from pg_prepared_statements where statement like $$select 1%$$');
  for (const _ of [1, 2]) await database.execute(search(3));
  await database.execute(search(41));
  expect([...(await prepared())]).toEqual([{ statement: 'select 1 where 0 in ($1, $2, $3)' }]);
  await database.transaction((tx) => tx.execute(search(3)));
  await database.transaction((tx) => tx.execute(search(2)));
  expect(await prepared()).toHaveLength(2);
});
