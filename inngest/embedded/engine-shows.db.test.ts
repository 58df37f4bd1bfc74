import { setTimeout as sleep } from 'node:timers/promises';
import { NonRetriableError, RetryAfterError } from 'inngest';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { hashKey } from './signature';
import { KEYS, setUpEngine } from './testing/start-test-engine';

const gate = Promise.withResolvers<void>();

const setup = setUpEngine(
  (client, { run }) => [
    client.createFunction({ id: 'good', name: 'A good one', triggers: [{ event: 'test/good' }] }, async (ctx) => {
      await run(ctx, 'first', () => sleep(60));
      await Promise.all(['a', 'b'].map((step) => run(ctx, step)));
    }),
    client.createFunction({ id: 'bad', triggers: [{ event: 'test/bad' }], retries: 1 }, async (ctx) => {
      await run(ctx, 'first');
      await run(ctx, 'second', () => {
        throw new TypeError(`broken at attempt ${ctx.attempt}`);
      });
    }),
    client.createFunction({ id: 'outside', triggers: [{ event: 'test/outside' }], retries: 2 }, () => {
      throw new RangeError('outside of any step');
    }),
    client.createFunction({ id: 'final', triggers: [{ event: 'test/final' }] }, (ctx) =>
      run(ctx, 'only', () => {
        throw new NonRetriableError('NOT_A_PDF');
      }),
    ),
    client.createFunction({ id: 'refused', triggers: [{ event: 'test/refused' }] }, (ctx) =>
      Promise.all([run(ctx, 'done'), run(ctx, 'put off', () => Promise.reject(new RetryAfterError('not yet', '1h')))]),
    ),
    client.createFunction({ id: 'deferred', triggers: [{ event: 'test/deferred' }] }, () => {
      throw new RetryAfterError('not now', '1h');
    }),
    client.createFunction(
      { id: 'busy', triggers: [{ event: 'test/busy' }], concurrency: { limit: 1, key: '"busy"' } },
      (ctx) => run(ctx, 'held', () => gate.promise),
    ),
    client.createFunction({ id: 'nap', triggers: [{ event: 'test/nap' }] }, async (ctx) => {
      await ctx.step.sleep('nap', '1h');
    }),
  ],
  { dev: false, ...KEYS },
);

const Run = z.looseObject({ run_id: z.string(), function_id: z.string(), status: z.string() });
const ask = async (path: string, headers = { authorization: `Bearer ${hashKey(KEYS.signingKey)}` }) =>
  fetch(`${setup().engine.url}${path}`, { headers });
const read = async (path: string) => (await (await ask(path)).json()).data;
const list = async (query: string) => z.array(Run).parse(await read(`/v1/runs?${query}`));
const start = (id: string, data: object = {}) =>
  setup().app.client.send({ name: `test/${id}`, data: { key: id, ...data } });

async function becomes(id: string, status: string) {
  return expect.poll(async () => (await list(`function_id=app-${id}`))[0]?.status).toBe(status);
}

test('Runs are listed with their steps, attempts and errors, the newest first, page by page.', async () => {
  await start('good', { jobId: 'a novel' });
  await becomes('good', 'Completed');
  for (const id of ['bad', 'outside', 'final']) {
    await start(id);
    await becomes(id, 'Failed');
  }
  const failed = (await list('status=Failed')).filter(({ function_id: id }) => !id.includes('saw'));
  expect(failed).toMatchObject([
    { function_id: 'app-final', attempts: 1, error: { message: 'NOT_A_PDF' } },
    { function_id: 'app-outside', attempts: 3, error: { name: 'RangeError', message: 'outside of any step' } },
    { function_id: 'app-bad', attempts: 2, error: { name: 'TypeError', message: 'broken at attempt 1' } },
  ]);
  expect(failed[2]).toMatchObject({ steps_done: 1, step_count: 2 });
  const [good] = await list('function_id=app-good');
  expect(good).toMatchObject({
    name: 'A good one',
    status: 'Completed',
    state: null,
    event_name: 'test/good',
    event_data: { jobId: 'a novel' },
    attempts: 1,
    steps_done: 3,
    step_count: 3,
    error: null,
  });

  const all = await list('limit=200');
  const ids = all.map(({ run_id: id }) => id);
  expect(ids).toEqual(ids.toSorted().reverse());
  const pages: string[] = [];
  for (let before = ''; ; before = `&before=${pages.at(-1)}`) {
    const page = await list(`limit=3${before}`);
    if (page.length === 0) break;
    pages.push(...page.map(({ run_id: id }) => id));
  }
  expect(pages.filter((id) => ids.includes(id))).toEqual(ids);
});

test('A run is shown step by step.', async () => {
  const [good] = await list('function_id=app-good');
  const { run, steps } = await read(`/v1/runs/${good?.run_id}/steps`);
  expect(run).toEqual(good);
  expect(steps).toMatchObject([
    { name: 'first', status: 'done', attempts: 1, error: null },
    { name: 'a', status: 'done', attempts: 1 },
    { name: 'b', status: 'done', attempts: 1 },
  ]);
  expect(steps[0].took_ms).toBeGreaterThan(50);
  const [bad] = await list('function_id=app-bad');
  expect((await read(`/v1/runs/${bad?.run_id}/steps`)).steps).toMatchObject([
    { name: 'first', status: 'done' },
    { name: 'second', status: 'failed', attempts: 2, error: { name: 'TypeError' } },
  ]);
  expect((await ask('/v1/runs/unknown/steps')).status).toBe(404);
});

test('The engine tells what runs, waits and comes later, who works, and what came of the runs of a day.', async () => {
  await start('busy');
  await start('busy');
  await start('nap');
  const state = async () => {
    const { queue, engines, functions } = await read('/v1/engine');
    const busy = functions.find(({ function_id: id }: { function_id: string }) => id === 'app-busy');
    return { queue, engines, busy };
  };
  await expect.poll(state).toMatchObject({
    queue: { waiting: 1, running: 1, later: 1, oldest_waiting_ms: expect.any(Number) },
    engines: [{ alive: true, leases: 1 }],
    busy: { name: 'busy', running: 2, completed: 0 },
  });
  const [second, first] = await list('function_id=app-busy');
  expect([first, second]).toMatchObject([{ state: 'running' }, { state: 'waiting' }]);
  expect((await list('function_id=app-nap'))[0]).toMatchObject({ status: 'Running', state: 'later', step_count: 1 });
  gate.resolve();
  await expect.poll(state).toMatchObject({
    queue: { waiting: 0, running: 0, later: 1, oldest_waiting_ms: null },
    engines: [{ alive: true, leases: 0 }],
    busy: { running: 0, completed: 2 },
  });
});

test('Only who signs is shown anything, and a query that cannot be read is refused.', async () => {
  for (const path of ['/v1/engine', '/v1/runs', '/v1/runs/x/steps']) {
    expect((await ask(path, { authorization: 'Bearer nothing' })).status).toBe(401);
  }
  expect((await ask('/v1/runs?limit=0')).status).toBe(400);
  expect((await ask('/v1/runs?status=Lost')).status).toBe(400);
});

test('What is to be tried again tells why.', async () => {
  await start('refused');
  await start('deferred');
  const found = async (id: string) => {
    const [run] = await list(`function_id=app-${id}`);
    return run && (await read(`/v1/runs/${run.run_id}/steps`));
  };
  await expect
    .poll(() => found('refused'))
    .toMatchObject({
      run: { status: 'Running', state: 'later', error: null },
      steps: [
        { name: 'done', status: 'done', error: null },
        { name: 'put off', status: 'later', error: { message: 'not yet' } },
      ],
    });
  await expect
    .poll(() => found('deferred'))
    .toMatchObject({ run: { status: 'Running', state: 'later', error: { message: 'not now' } } });
});
