import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/db/testing/create-test-database';
import { prune } from './keep-alive';
import { type RunningEngine, startEngine } from './start-engine';
import { type App, createProbe, startApp, until } from './testing/start-app';

const LEASE_MS = 5000;
const probe = createProbe();
let database: TestDatabase;
let app: App;
let sql: postgres.Sql;
let port = 0;

/** An engine for one test. */
async function start(leaseMs = LEASE_MS, onPort = port): Promise<RunningEngine> {
  const options = { databaseUrl: database.url, port: onPort, dev: true, retryIntervalMs: 100, leaseMs };
  const engine = await startEngine(options);
  onTestFinished(() => engine.close());
  return engine;
}

/** An engine in a process of its own, that can be killed. */
async function spawnEngine(): Promise<ChildProcess> {
  const script = new URL('./testing/run-engine.ts', import.meta.url).pathname;
  const args = ['--import', 'tsx', script, database.url, String(port), String(LEASE_MS)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  if (child.stdout) await once(child.stdout, 'data');
  return child;
}

beforeAll(async () => {
  database = await createTestDatabase();
  sql = postgres(database.url, { max: 1, onnotice: () => undefined });
  const first = await startEngine({ databaseUrl: database.url, port: 0, dev: true });
  port = first.port;
  app = await startApp({
    engineUrl: first.url,
    probe,
    functions: (client) => [
      client.createFunction({ id: 'work', triggers: [{ event: 'test/work' }], retries: 1 }, async (ctx) => {
        await run(ctx, 'before');
        await run(ctx, 'slow', () => sleep(ctx.event.data.ms));
        await run(ctx, 'after');
        return 'done';
      }),
      client.createFunction(
        { id: 'stoppable', triggers: [{ event: 'test/start' }], cancelOn: [{ event: 'test/stop', match: 'data.key' }] },
        (ctx) => ctx.step.sleep('long', '1h'),
      ),
    ],
  });
  await app.register();
  await first.close();
});
const { run } = probe;

afterAll(async () => {
  await app.close();
  await sql.end();
  await database.drop();
});

const send = (key: string, ms = 0) => app.client.send({ name: 'test/work', data: { key, ms } });
const attempts = (key: string, step: string) => probe.of(key, step).map(({ attempt }) => attempt);

test('After kill -9 in the middle of a step, the next engine goes on at once, with the same attempt.', async () => {
  const killed = await spawnEngine();
  await send('killed', 600);
  await until(() => probe.of('killed', 'slow').length, 'the slow step');
  killed.kill('SIGKILL');
  await once(killed, 'exit');
  const again = Date.now();
  await start();
  await until(() => probe.of('killed', 'slow').length === 2, 'the slow step again');
  expect(Date.now() - again).toBeLessThan(2000);
  expect((await app.finish('killed')).result).toBe('done');
  expect([attempts('killed', 'before'), attempts('killed', 'slow'), attempts('killed', 'after')]).toEqual([
    [0],
    [0, 0],
    [0],
  ]);
});

test('Another engine on the same database takes over from one that was killed.', async () => {
  const killed = await spawnEngine();
  await start(1000, 0);
  for (const n of [1, 2, 3, 4]) await send(`shared${n}`, 700);
  await until(() => [1, 2, 3, 4].every((n) => probe.of(`shared${n}`, 'slow').length), 'all slow steps');
  killed.kill('SIGKILL');
  await Promise.all([1, 2, 3, 4].map((n) => app.finish(`shared${n}`)));
  for (const n of [1, 2, 3, 4]) expect(attempts(`shared${n}`, 'after')).toEqual([0]);
});

test('An engine that is closed gives its work back: the next one need not wait for a lease to run out.', async () => {
  const first = await start(60_000);
  await send('closed', 1500);
  await until(() => probe.of('closed', 'slow').length, 'the slow step');
  const closing = Date.now();
  await first.close();
  expect(Date.now() - closing).toBeLessThan(1500);
  await start(60_000);
  await until(() => probe.of('closed', 'slow').length === 2, 'the slow step again', 2000);
  expect((await app.finish('closed')).result).toBe('done');
});

test('An app that restarts costs no attempt while it is away.', async () => {
  await start();
  await app.close();
  await send('away');
  await sleep(1500);
  await app.reopen();
  expect((await app.finish('away')).result).toBe('done');
  expect(attempts('away', 'before')).toEqual([0]);
});

test('An app that dies in a step is asked again, and finished steps are not repeated.', async () => {
  await start();
  await send('died', 600);
  await until(() => probe.of('died', 'slow').length, 'the slow step');
  await sleep(250);
  await app.close();
  await app.reopen();
  expect((await app.finish('died')).result).toBe('done');
  expect([attempts('died', 'before'), attempts('died', 'slow')]).toEqual([[0], [0, 1]]);
});

test('A notification that is lost is made up for.', async () => {
  await start(1000);
  for (const table of ['jobs', 'events']) {
    await sql`alter table inngest_embedded.${sql(table)} disable trigger announce`;
    onTestFinished(async () => {
      await sql`alter table inngest_embedded.${sql(table)} enable trigger announce`;
    });
  }
  await send('unheard');
  expect((await app.finish('unheard')).result).toBe('done');
});

test('An engine outlives the loss of all its connections in the middle of a step.', async () => {
  await start();
  await send('cut', 500);
  await until(() => probe.of('cut', 'slow').length, 'the slow step');
  await sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and application_name = 'inngest_embedded'`;
  expect((await app.finish('cut')).result).toBe('done');
  expect(attempts('cut', 'after')).toEqual([0]);
});

test('What cancels a run does not overtake what starts it, though another engine is at that.', async () => {
  const at = new Date().toISOString();
  const body = (name: string) =>
    JSON.stringify({ id: `${name} ${at}`, name, data: { key: 'ordered' }, ts: Date.now() });
  for (const name of ['test/start', 'test/stop'])
    await sql`insert into inngest_embedded.events (id, name, body) values (${`${name} ${at}`}, ${name}, ${body(name)}::text::json)`;
  await sql.begin(async (other) => {
    await other`select from inngest_embedded.events where name = 'test/start' for update`;
    await start();
    await sleep(300);
  });
  await until(() => probe.ends('ordered', 'cancelled').length, 'the cancellation', 5000);
});

test('Nothing is left behind: no job, no timer, no pause of a run that has ended.', async () => {
  const [left] = await sql`
    select (select count(*)::int from inngest_embedded.jobs) as jobs,
      (select count(*)::int from inngest_embedded.timers) as timers,
      (select count(*)::int from inngest_embedded.pauses) as pauses,
      (select count(*)::int from inngest_embedded.runs where status = 'Running') as runs`;
  expect(left).toEqual({ jobs: 0, timers: 0, pauses: 0, runs: 0 });
});

test('Runs are forgotten a day after they ended, with their events; younger ones stay.', async () => {
  const count = async () => {
    const [row] = await sql`
      select (select count(*)::int from inngest_embedded.runs) as runs,
        (select count(*)::int from inngest_embedded.events) as events`;
    return row;
  };
  const before = await count();
  const schema = postgres(database.url, { max: 1, connection: { search_path: 'inngest_embedded' } });
  onTestFinished(() => schema.end());
  await prune(schema, 1000);
  expect(await count()).toEqual(before);
  await schema`update runs set ended_at = now() - interval '25 hours', created_at = now() - interval '26 hours'`;
  await schema`update events set received_at = now() - interval '26 hours'`;
  await prune(schema, 1000);
  expect(await count()).toEqual({ runs: 0, events: 0 });
});
