import { setTimeout as sleep } from 'node:timers/promises';
import { RetryAfterError } from 'inngest';
import type postgres from 'postgres';
import { afterAll, afterEach, expect, onTestFinished, test } from 'vitest';
import { startEngine } from './start-engine';
import { giveClock } from './testing/give-clock';
import { until } from './testing/start-app';
import { setUpEngine } from './testing/start-test-engine';

const LEASE_MS = 1500;
/** What a jump makes of it would be an hour, or nothing. */
const WAIT = '1s';
const WAIT_MS = 1000;
const JUMPS = [['back', '-1 hour'] as const, ['forward', '1 hour'] as const];

let sql: postgres.Sql;
let setClock: (ahead: string) => PromiseLike<unknown>;

const setup = setUpEngine(
  (client, { run }) => {
    const on = (id: string) => [{ event: `test/${id}` }];
    return [
      client.createFunction({ id: 'nap', triggers: on('nap') }, async (ctx) => {
        await run(ctx, 'before');
        await ctx.step.sleep('nap', WAIT);
        await run(ctx, 'after');
      }),
      client.createFunction({ id: 'work', triggers: on('work'), timeouts: { finish: '30m' } }, (ctx) =>
        run(ctx, 'before', () => sleep(WAIT_MS * 2)),
      ),
      client.createFunction({ id: 'retried', triggers: on('retried') }, (ctx) =>
        run(ctx, ctx.attempt === 0 ? 'before' : 'after', () => {
          if (ctx.attempt === 0) throw new RetryAfterError('later', WAIT_MS);
        }),
      ),
      client.createFunction(
        { id: 'throttled', triggers: on('throttled'), throttle: { limit: 1, period: WAIT, key: 'event.data.key' } },
        (ctx) => run(ctx, String(ctx.event.data.step)),
      ),
      client.createFunction(
        {
          id: 'stoppable',
          triggers: on('stoppable'),
          cancelOn: [{ event: 'test/stop', match: 'data.key', timeout: WAIT }],
        },
        (ctx) => run(ctx, 'before', () => sleep(WAIT_MS * 2)),
      ),
      client.createFunction({ id: 'tick', triggers: [{ cron: '* * * * * *' }] }, (ctx) =>
        run({ ...ctx, event: { data: { key: 'tick' } } }, 'tick'),
      ),
    ];
  },
  { leaseMs: LEASE_MS },
  async (databaseUrl) => {
    ({ sql, setClock } = await giveClock(databaseUrl));
  },
);

afterEach(() => setClock('0'));
afterAll(() => sql.end());

const send = (name: string, key: string, data: object = {}) =>
  setup().app.client.send({ name: `test/${name}`, data: { key, ...data } });
const bodies = (key: string, step?: string) => setup().probe.of(key, step);
const finish = (key: string) => setup().app.finish(key);
const begun = (key: string) => until(() => bodies(key, 'before').length, `${key} to begin`);

/** From the end of one step to the beginning of the next. */
function waited(key: string): number {
  const [before, after] = [bodies(key, 'before')[0], bodies(key, 'after')[0]];
  return (after?.begin ?? 0) - (before?.end ?? 0);
}
const AS_PLANNED = WAIT_MS - 100;

test.each(JUMPS)('A sleep takes its time when the clock is set %s during it.', async (way, hours) => {
  const key = `nap ${way}`;
  await send('nap', key);
  await begun(key);
  await expect.poll(() => sql`select from timers where kind = 'sleep'`).toHaveLength(1);
  await setClock(hours);
  await finish(key);
  expect(waited(key)).toBeGreaterThan(AS_PLANNED);
});

test.each(JUMPS)('A sleep takes its time when the clock was set %s just before.', async (way, hours) => {
  const key = `nap after ${way}`;
  await setClock(hours);
  await send('nap', key);
  await finish(key);
  expect(waited(key)).toBeGreaterThan(AS_PLANNED);
});

test.each(JUMPS)('A run has its half hour when the clock is set %s as it begins, and again.', async (way, hours) => {
  const key = `work ${way}`;
  await setClock(hours);
  await send('work', key);
  await begun(key);
  await setClock('0');
  await sleep(WAIT_MS / 2);
  await setClock(hours);
  await finish(key);
  expect(setup().probe.ends(key, 'cancelled')).toEqual([]);
});

test.each(JUMPS)('A step is tried again when it should be, though the clock is set %s.', async (way, hours) => {
  const key = `retried ${way}`;
  await send('retried', key);
  await begun(key);
  await expect.poll(() => sql`select from jobs where engine is null and attempt = 1`).toHaveLength(1);
  await setClock(hours);
  await finish(key);
  expect(waited(key)).toBeGreaterThan(AS_PLANNED);
});

test.each(JUMPS)('A throttle keeps its pace when the clock is set %s.', async (way, hours) => {
  const key = `throttled ${way}`;
  await send('throttled', key, { step: 'before' });
  await begun(key);
  await setClock(hours);
  await send('throttled', key, { step: 'after' });
  await until(() => bodies(key, 'after').length, 'the next start');
  expect(waited(key)).toBeGreaterThan(AS_PLANNED - 400);
});

test('A run can be cancelled for as long as it should, though the clock is set forward.', async () => {
  await send('stoppable', 'stopped');
  await begun('stopped');
  await setClock('1 hour');
  await send('stop', 'stopped');
  await until(() => setup().probe.ends('stopped', 'cancelled').length, 'the cancellation');
});

test('A run can be cancelled for no longer than it should, though the clock is set back.', async () => {
  await send('stoppable', 'unstopped');
  await begun('unstopped');
  await setClock('-1 hour');
  await sleep(WAIT_MS);
  await send('stop', 'unstopped');
  await finish('unstopped');
  expect(setup().probe.ends('unstopped', 'cancelled')).toEqual([]);
});

test('A schedule goes on after the clock was set back.', async () => {
  await setClock('-1 hour');
  const { length } = bodies('tick');
  await until(() => bodies('tick').length > length + 1, 'two ticks');
});

async function start() {
  const { databaseUrl, engine } = setup();
  await engine.close();
  const started = await startEngine({ databaseUrl, port: engine.port, dev: true, leaseMs: LEASE_MS });
  onTestFinished(() => started.close());
  return started;
}

test.each(JUMPS)('The next engine keeps to what was planned before the clock was set %s.', async (way, hours) => {
  const key = `next ${way}`;
  const first = await start();
  await send('nap', key);
  await begun(key);
  await setClock(hours);
  await expect
    .poll(() => sql`select from timeline where abs(extract(epoch from wall - pg_catalog.now())) > 3500`)
    .toHaveLength(1);
  await first.close();
  await start();
  await finish(key);
  expect(waited(key)).toBeGreaterThan(AS_PLANNED);
});

/** It sleeps, and the engine has written down what time it was. */
async function napTold(key: string) {
  await sql`update timeline set boot = null`;
  await expect.poll(() => sql`select from timeline where boot is not null`).toHaveLength(1);
  await send('nap', key);
  await expect.poll(() => sql`select from timers where kind = 'sleep'`).toHaveLength(1);
}

test.each(JUMPS)('Nor does it matter that the clock was set %s when no engine could see it.', async (way, hours) => {
  const key = `unseen ${way}`;
  const first = await start();
  await napTold(key);
  await first.close();
  await setClock(hours);
  await start();
  await finish(key);
  expect(waited(key)).toBeGreaterThan(AS_PLANNED);
});

test('After a start of the machine, what has passed is what the clock of the database says.', async () => {
  const first = await start();
  await napTold('rebooted');
  await first.close();
  await sql`update timeline set boot = 'another', monotonic_ms = 1e12`;
  await setClock('1 hour');
  await start();
  await finish('rebooted');
  expect(waited('rebooted')).toBeLessThan(WAIT_MS);
});
