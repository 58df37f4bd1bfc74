import { expect, test } from 'vitest';
import { hashKey, sign } from './signature';
import { until } from './testing/start-app';
import { KEYS, setUpEngine } from './testing/start-test-engine';

const setup = setUpEngine(
  (client, { run }) => [
    client.createFunction({ id: 'one', triggers: [{ event: 'test/one' }] }, (ctx) => run(ctx, 'x', () => 1)),
    client.createFunction({ id: 'even', triggers: [{ event: 'test/*', if: 'event.data.n % 2 == 0' }] }, (ctx) =>
      run(ctx, 'even', () => 2),
    ),
    client.createFunction({ id: 'nap', triggers: [{ event: 'test/nap' }] }, (ctx) => ctx.step.sleep('nap', '60s')),
    client.createFunction({ id: 'tick', triggers: [{ cron: '* * * * * *' }] }, (ctx) =>
      run({ ...ctx, event: { data: { key: 'tick' } } }, 'tick'),
    ),
  ],
  { dev: false, ...KEYS },
);

const signed = { authorization: `Bearer ${hashKey(KEYS.signingKey)}` };
const call = (path: string, init: RequestInit = {}) => fetch(`${setup().engine.url}${path}`, init);
const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  call(path, { method: 'POST', body: JSON.stringify(body), headers });
const event = (data: object = {}) => ({ name: 'test/one', data });

test('Whoever is unsigned, or signs with another key, is answered 401.', async () => {
  const wrong = { authorization: `Bearer ${hashKey(`signkey-test-${'ff'.repeat(32)}`)}` };
  for (const headers of [{}, wrong]) {
    expect((await post('/fn/register', {}, headers)).status).toBe(401);
    expect((await call('/v1/runs/x', { headers })).status).toBe(401);
    expect((await call('/', { headers })).status).toBe(401);
  }
  expect((await post('/e/another-key', event())).status).toBe(401);
  expect((await call('/health')).status).toBe(200);
});

test('The app takes signed requests of the engine, and no others.', async () => {
  const ask = (body: string, signature: string) =>
    fetch(`${setup().app.url}?fnId=app-one&stepId=step`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', 'x-inngest-signature': signature },
    });
  expect((await ask('{}', sign('{"a":1}', KEYS.signingKey))).status).toBe(401);
  await setup().app.client.send(event({ key: 'signed' }));
  expect((await setup().app.finish('signed')).result).toBe(1);
});

test('A run can be found by its event, and its result read.', async () => {
  const { ids } = await setup().app.client.send(event({ key: 'found' }));
  await setup().app.finish('found');
  const { data: runs } = await (await call(`/v1/events/${ids[0]}/runs`, { headers: signed })).json();
  expect(runs).toMatchObject([{ function_id: 'app-one', status: 'Completed', output: 1, event_id: ids[0] }]);
  const { data } = await (await call(`/v1/runs/${runs[0].run_id}`, { headers: signed })).json();
  expect(data).toMatchObject({ status: 'Completed', output: 1 });
  expect((await call('/v1/runs/unknown', { headers: signed })).status).toBe(404);
});

test('A run can be cancelled from outside, once.', async () => {
  const { ids } = await setup().app.client.send({ name: 'test/nap', data: { key: 'stopped', n: 1 } });
  const find = async () => (await (await call(`/v1/events/${ids[0]}/runs`, { headers: signed })).json()).data;
  let runs = await find();
  while (!runs.length) runs = await find();
  const stop = () => call(`/v1/runs/${runs[0].run_id}`, { method: 'DELETE', headers: signed });
  expect((await stop()).status).toBe(202);
  expect((await stop()).status).toBe(404);
  await until(() => setup().probe.ends('stopped', 'cancelled').length, 'the cancellation');
});

test('The same post sent again stores the same events, and starts nothing twice.', async () => {
  const seed = { 'x-inngest-event-id-seed': `${Date.now()},${Buffer.alloc(10, 7).toString('base64')}` };
  const body = [event({ key: 'seeded' }), event({ key: 'seeded2' })];
  const first = await (await post(`/e/${KEYS.eventKey}`, body, seed)).json();
  const second = await (await post(`/e/${KEYS.eventKey}`, body, seed)).json();
  expect(second).toEqual(first);
  await Promise.all([setup().app.finish('seeded'), setup().app.finish('seeded2')]);
  expect(setup().probe.of('seeded')).toHaveLength(1);
});

test('An event is refused when its name is reserved or missing, or its data no object.', async () => {
  for (const wrong of [{ name: 'inngest/function.failed' }, { name: '' }, { data: {} }, { name: 'a', data: [] }, 7]) {
    const answer = await post(`/e/${KEYS.eventKey}`, wrong);
    expect([answer.status, (await answer.json()).status]).toEqual([400, 400]);
  }
  expect((await call(`/e/${KEYS.eventKey}`, { method: 'POST', body: 'no json' })).status).toBe(400);
});

test('A trigger may name a family of events and a condition.', async () => {
  await setup().app.client.send([2, 3].map((n) => ({ name: 'test/number', data: { key: `n${n}`, n } })));
  await setup().app.finish('n2');
  expect(setup().probe.of('n3')).toEqual([]);
});

test('A schedule starts its function at each tick, once.', async () => {
  const ticks = await until(() => setup().probe.of('tick').length >= 2 && setup().probe.of('tick'), 'two ticks');
  const seconds = ticks.map(({ begin }) => Math.floor(begin / 1000));
  expect(new Set(seconds).size).toBe(seconds.length);
});

test.each([
  [{ debounce: { period: '5s' } }, 'debounce'],
  [{ batchEvents: { maxSize: 5, timeout: '5s' } }, 'batchEvents'],
  [{ singleton: { mode: 'skip' } }, 'singleton'],
  [{ rateLimit: { limit: 1, period: '5s' } }, 'rateLimit'],
  [{ idempotency: 'event.data.id' }, 'idempotency'],
  [{ concurrency: [{ limit: 1, key: 'event.data.id.matches("x")' }] }, 'event.data.id.matches'],
  [{ triggers: [{ cron: 'every monday' }] }, 'every monday'],
])('A function that asks for what is missing is refused by name: %j', async (extra, feature) => {
  const url = 'http://127.0.0.1:9/api/inngest';
  const steps = { step: { id: 'step', name: 'step', runtime: { type: 'http', url } } };
  const config = { id: 'other-fn', name: 'fn', triggers: [{ event: 'a' }], steps, ...extra };
  const answer = await post('/fn/register', { url, appName: 'other', functions: [config] }, signed);
  expect(answer.status).toBe(400);
  const { error } = await answer.json();
  expect(error).toContain('other-fn');
  expect(error).toContain(feature);
});
