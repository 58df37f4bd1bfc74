import { setTimeout as sleep } from 'node:timers/promises';
import type postgres from 'postgres';
import { afterAll, afterEach, beforeAll, expect, onTestFinished, test } from 'vitest';
import { insertEvents, newEvent } from './events';
import { startEngine } from './start-engine';
import { giveClock } from './testing/give-clock';
import { until } from './testing/start-app';
import { setUpEngine } from './testing/start-test-engine';

const LEASE_MS = 1500;
let sql: postgres.Sql;
let setClock: (ahead: string) => PromiseLike<unknown>;

const setup = setUpEngine(
  (client, { run }) => [
    client.createFunction({ id: 'work', triggers: [{ event: 'test/work' }] }, (ctx) =>
      run(ctx, 'long', () => sleep(ctx.event.data.ms)),
    ),
    client.createFunction({ id: 'pair', triggers: [{ event: 'test/pair' }] }, async (ctx) => {
      await run(ctx, 'first', () => sleep(LEASE_MS / 2));
      await run(ctx, 'second', () => sleep(LEASE_MS));
    }),
    client.createFunction({ id: 'chain', triggers: [{ event: 'test/chain' }] }, async (ctx) => {
      for (let link = 0; link < 10; link += 1) await run(ctx, `link ${link}`);
    }),
    client.createFunction({ id: 'nap', triggers: [{ event: 'test/nap' }] }, async (ctx) => {
      await run(ctx, 'before');
      await ctx.step.sleep('nap', '2s');
      await run(ctx, 'after');
    }),
    client.createFunction(
      {
        id: 'line',
        triggers: [{ event: 'test/line' }],
        retries: 1,
        concurrency: { limit: 1, key: '"line"' },
        timeouts: { start: '1m' },
      },
      (ctx) => run(ctx, 'w', () => ctx.event.data.key),
    ),
  ],
  { leaseMs: LEASE_MS },
  async (databaseUrl) => {
    ({ sql, setClock } = await giveClock(databaseUrl));
  },
);

beforeAll(
  () => sql`
  create function refuse() returns trigger language plpgsql as $$ begin raise 'poisoned'; end $$`,
);
afterEach(() => setClock('0'));
afterAll(() => sql.end());

const send = (name: string, key: string, ms = 0) =>
  setup().app.client.send({ name: `test/${name}`, data: { key, ms } });
const bodies = (key: string, step: string) => setup().probe.of(key, step);
const finish = (key: string, ms?: number) => setup().app.finish(key, ms);

/** Another engine, which would take what it believes to be abandoned. */
async function startRival(): Promise<void> {
  const { databaseUrl } = setup();
  const rival = await startEngine({ databaseUrl, port: 0, dev: true, retryIntervalMs: 100, leaseMs: LEASE_MS });
  onTestFinished(() => rival.close());
}

/** Until the test is over, `what` (such as `insert on steps`) fails for the rows that meet `when`. */
async function poison(what: string, when: string, how = 'refuse'): Promise<void> {
  await sql.unsafe(`create trigger poison before ${what} for each row when (${when}) execute function ${how}()`);
  const [, table = ''] = what.split(' on ');
  onTestFinished(async () => {
    await sql`drop trigger poison on ${sql(table)}`;
  });
}

test('A step that takes several leases is asked for once, whoever else looks for work.', async () => {
  await startRival();
  await send('work', 'long', LEASE_MS * 3.5);
  await finish('long');
  expect(bodies('long', 'long').map(({ attempt }) => attempt)).toEqual([0]);
});

test('A step that begins while the engine is held up in its search for lost leases is asked for once.', async () => {
  await send('pair', 'pair');
  await until(() => bodies('pair', 'first').length, 'the first step');
  await sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(hashtext('inngest_embedded:lease'))`;
    await sql.notify('inngest_embedded', 'jobs');
    await until(() => bodies('pair', 'second').length, 'the second step');
    await sleep(LEASE_MS / 3);
  });
  await finish('pair');
  expect(bodies('pair', 'second')).toHaveLength(1);
});

/** Renewals come three times for each lease. */
async function seeRenewals(count: number): Promise<void> {
  const leases = () => sql<{ at: Date }[]>`select lease_until as at from jobs where engine is not null`;
  for (let seen = 0; seen < count; seen += 1) {
    const [before] = await leases();
    await expect.poll(leases, { interval: 10, timeout: LEASE_MS }).not.toEqual([before]);
  }
}

test.each([1, -1])('No lease ends because the clock jumps by %i hour, and again.', async (hours) => {
  const key = `jump ${hours}`;
  await startRival();
  await send('work', key, LEASE_MS * 3);
  await until(() => bodies(key, 'long').length, 'the step');
  for (const jumps of [1, 2, 3]) {
    await setClock(`${jumps * hours} hours`);
    await seeRenewals(3);
  }
  await finish(key);
  expect(bodies(key, 'long').map(({ attempt }) => attempt)).toEqual([0]);
});

test('A run whose results cannot be stored fails, and those behind it have their turn.', async () => {
  await poison('insert on steps', `new.output->>'data' = 'bad result'`);
  for (const key of ['bad result', 'behind it']) await send('line', key);
  await finish('behind it');
  const { error } = await until(() => setup().probe.ends('bad result', 'failed')[0], 'the failure');
  expect(error).toBe('the engine could not store the answer');
  expect(bodies('bad result', 'w').map(({ attempt }) => attempt)).toEqual([0, 1]);
});

test('A run whose end cannot be told is dropped, and those behind it have their turn.', async () => {
  await poison('insert on events', `new.name = 'inngest/function.finished' and new.body::text like '%bad end%'`);
  for (const key of ['bad end', 'behind that']) await send('line', key);
  await finish('behind that');
  await expect
    .poll(() => sql`select status from runs join events on events.id = event_id where body::text like '%bad end%'`)
    .toEqual([{ status: 'Failed' }]);
});

test('An event that comes while a poisoned one is put aside starts its run.', async () => {
  await sql.unsafe(`
    create sequence tries;
    create function refuse_late() returns trigger language plpgsql as $$ begin
      -- With others, then alone.
      if nextval('tries') = 2 then perform pg_advisory_xact_lock(1); end if;
      raise 'poisoned';
    end $$`);
  await poison('insert on runs', `new.idempotency_key = 'poisoned'`, 'refuse_late');
  await sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(1)`;
    await insertEvents(tx, [newEvent('test/work', { key: 'innocent', ms: 0 })]);
    await setup().app.client.send({ id: 'poisoned', name: 'test/work', data: {} });
    await expect.poll(() => sql`select from tries where last_value = 2`).toHaveLength(1);
  });
  await finish('innocent');
  await expect.poll(() => sql`select from events where not routed`).toEqual([]);
});

test('A function that cannot be read, and a timer that cannot fire, hold up no other.', async () => {
  await sql`insert into functions (slug, app, url, config) values ('other-fn', 'other', 'http://127.0.0.1:9', '{}')`;
  await sql`insert into timers (id, kind, fn, cron, due_at) values ('bad', 'cron', 'other-fn', 'never', now())`;
  onTestFinished(async () => {
    await sql`delete from timers where id = 'bad'`;
  });
  await send('nap', 'good');
  await finish('good', 6000);
  const [bad] = await sql`select due_at > now() as is_put_off from timers where id = 'bad'`;
  expect(bad).toEqual({ is_put_off: true });
});

/** Also of those that watch for the ends of others: they go on when a test is over. */
const quiet = () =>
  expect.poll(() => sql`select 1 from jobs union all select 1 from events where not routed`).toEqual([]);

test('A run that goes from step to step has nobody look for work on its way.', async () => {
  await quiet();
  const heard: string[] = [];
  const { unlisten } = await sql.listen('inngest_embedded', (table) => heard.push(table));
  onTestFinished(unlisten);
  await send('chain', 'chain');
  await finish('chain');
  await quiet();
  await sql.notify('inngest_embedded', 'over');
  await expect.poll(() => heard).toContain('over');
  // One for the run, one for the watcher of its end, and one for the slot of each.
  expect(heard.filter((table) => table === 'jobs')).toHaveLength(4);
});
