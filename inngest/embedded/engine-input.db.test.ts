import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import postgres from 'postgres';
import { expect, onTestFinished, test } from 'vitest';
import { setUpEngine } from './testing/start-test-engine';

/** No index of PostgreSQL takes it, not even compressed. */
const LONG = randomBytes(4000).toString('hex');

const setup = setUpEngine((client, { run }) => [
  client.createFunction(
    { id: 'limited', triggers: [{ event: 'test/long' }], concurrency: { limit: 1, key: 'event.data.long' } },
    (ctx) => run(ctx, 'limited'),
  ),
  client.createFunction(
    {
      id: 'throttled',
      triggers: [{ event: 'test/long' }],
      throttle: { limit: 1, period: '1s', key: 'event.data.long' },
    },
    (ctx) => run(ctx, 'throttled'),
  ),
  client.createFunction(
    {
      id: 'stoppable',
      triggers: [{ event: 'test/long' }],
      cancelOn: [{ event: 'test/stop', match: 'data.long' }],
    },
    async (ctx) => {
      await run(ctx, 'stoppable');
      await ctx.step.waitForEvent('never', { event: 'test/never', match: 'data.long', timeout: '1m' });
    },
  ),
  client.createFunction({ id: 'big', triggers: [{ event: 'test/big' }], retries: 0 }, (ctx) =>
    run(ctx, 'big', () => 'x'.repeat(ctx.event.data.size)),
  ),
  client.createFunction({ id: 'many', triggers: [{ event: 'test/many' }] }, (ctx) =>
    Promise.all(Array.from({ length: ctx.event.data.count }, (_, n) => ctx.step.sleep(`${n}`, '1h'))),
  ),
  client.createFunction({ id: 'deaf', triggers: [{ event: 'test/deaf' }], retries: 0 }, (ctx) =>
    ctx.step.waitForEvent('never', { event: LONG, timeout: '1m' }),
  ),
]);

const stepsOf = (key: string) => () =>
  setup()
    .probe.of(key)
    .map(({ step }) => step)
    .toSorted();
const post = (path: string, body: unknown) =>
  fetch(`${setup().engine.url}${path}`, { method: 'POST', body: JSON.stringify(body) });

/** A function of an app that is not made with the SDK. */
function registerOther(url: string, extra: object) {
  const step = { id: 'step', name: 'step', runtime: { type: 'http', url }, retries: { attempts: 0 } };
  const config = { id: 'other-fn', name: 'fn', triggers: [{ event: 'test/other' }], steps: { step }, ...extra };
  return post('/fn/register', { url, appName: 'other', functions: [config] });
}

test('Of whatever length a key is, by which runs are limited, throttled or cancelled: they start.', async () => {
  const { client } = setup().app;
  await client.send({ name: 'test/long', data: { key: 'long', long: LONG } });
  await expect.poll(stepsOf('long')).toEqual(['limited', 'stoppable', 'throttled']);
  await client.send({ name: 'test/stop', data: { long: LONG } });
  await expect.poll(() => setup().probe.ends('long', 'cancelled')).toHaveLength(1);
});

test('Two long keys that differ in their last character do not share a limit.', async () => {
  const { client } = setup().app;
  await client.send(['a', 'b'].map((end) => ({ name: 'test/long', data: { key: end, long: LONG + end } })));
  await Promise.all(['a', 'b'].map((key) => expect.poll(stepsOf(key)).toHaveLength(3)));
});

test('A run that waits for an event whose name is too long fails, and says so.', async () => {
  await setup().app.client.send({ name: 'test/deaf', data: { key: 'deaf' } });
  await expect
    .poll(() => setup().probe.ends('deaf', 'failed'))
    .toMatchObject([{ error: expect.stringMatching('512') }]);
});

test.each([
  ['an id that is too long', { id: LONG }],
  ['an id with a null character', { id: 'a\0b' }],
  ['an id with half a character', { id: 'a\ud800b' }],
  ['a name that is too long', { name: LONG }],
  ['a name with half a character', { name: 'a\udc00' }],
])('An event with %s is refused.', async (_, wrong) => {
  expect((await post('/e/test', { name: 'test/long', ...wrong })).status).toBe(400);
});

test('An id of the longest that is allowed, in any alphabet, starts a run.', async () => {
  const id = Array.from({ length: 512 }, () => String.fromCharCode(0x4e00 + Math.random() * 0x5000)).join('');
  await setup().app.client.send({ id, name: 'test/long', data: { key: 'widest', long: '' } });
  await expect.poll(stepsOf('widest')).toHaveLength(3);
});

test.each([
  [{ cancel: [{ event: LONG }] }, 'cancel'],
  [{ triggers: [{ cron: `${'0,'.repeat(1000)}0 * * * *` }] }, 'triggers'],
  [{ id: LONG }, 'id'],
])('A function is refused whose name, or that of an event, is too long: %#', async (extra, where) => {
  const answer = await registerOther('http://127.0.0.1:9/', extra);
  expect(answer.status).toBe(400);
  expect((await answer.json()).error).toContain(where);
});

const MIB = 1024 * 1024;
const failuresOf = (key: string) => () =>
  setup()
    .probe.ends(key, 'failed')
    .map(({ error }) => error);

test('A step may answer with 4 MiB, and no more.', async () => {
  const send = (key: string, size: number) => setup().app.client.send({ name: 'test/big', data: { key, size } });
  // The quotation marks count.
  await Promise.all([send('as big', 4 * MIB - 2), send('bigger', 4 * MIB - 1)]);
  await expect.poll(failuresOf('bigger')).toEqual(['step output size is greater than the limit']);
  await setup().app.finish('as big');
  expect(failuresOf('as big')()).toEqual([]);
});

test('A run that asks for more than 1,000 steps fails.', async () => {
  await setup().app.client.send({ name: 'test/many', data: { key: 'many', count: 1001 } });
  await expect.poll(failuresOf('many')).toEqual(['InngestErrFunctionOverflowed: a run may have 1000 steps']);
});

/** An app that answers with these operations, the last of them whenever it is asked again. */
async function startOther(...answers: unknown[][]) {
  let asked = 0;
  const app = createServer((_, response) => {
    response.writeHead(206, { 'x-inngest-sdk': 'other' }).end(JSON.stringify(answers[asked] ?? answers.at(-1)));
    asked += 1;
  });
  onTestFinished(() => {
    app.close();
  });
  await once(app.listen(0, '127.0.0.1'), 'listening');
  const address = app.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  expect((await registerOther(`http://127.0.0.1:${port}/`, {})).status).toBe(200);
}

const COMPLETE = [{ op: 'RunComplete', id: 'complete', data: 'done' }];
const stepsDone = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, n) => ({ op: 'StepRun', id: `step ${from + n}`, data: n }));

test('A run may have exactly 1,000 steps: that it ends is no step, nor is one that is told twice.', async () => {
  await startOther(stepsDone(0, 500), stepsDone(400, 1000), COMPLETE);
  await setup().app.client.send({ name: 'test/other', data: { key: 'thousand' } });
  expect((await setup().app.finish('thousand')).result).toBe('done');
});

test('A run that does one step more fails, however it came to them.', async () => {
  const waits = Array.from({ length: 600 }, (_, n) => ({ op: 'Sleep', id: `sleep ${n}`, name: '1h' }));
  const race = { op: 'Sleep', id: 'race', name: '0s', opts: { parallelMode: 'race' } };
  await startOther([...waits, race], stepsDone(0, 400), COMPLETE);
  await setup().app.client.send({ name: 'test/other', data: { key: 'one more' } });
  await expect.poll(failuresOf('one more')).toEqual(['InngestErrFunctionOverflowed: a run may have 1000 steps']);
});

test('The steps of a run may give 32 MiB, and no more.', async () => {
  const sql = postgres(setup().databaseUrl, { max: 1, connection: { search_path: 'inngest_embedded' } });
  onTestFinished(() => sql.end());
  const fill = async (key: string, steps: number) => {
    await startOther([{ op: 'WaitForEvent', id: 'wait', name: 'test/go', opts: { timeout: '1m' } }]);
    await setup().app.client.send({ name: 'test/other', data: { key } });
    await expect.poll(() => sql`select from pauses where event_name = 'test/go'`).toHaveLength(1);
    await sql`
      insert into steps (run_id, id, op, name, output, seq, ended_at)
      select run_id, n, 'StepRun', n, to_json(repeat('x', ${4 * MIB - 1000}::int)), nextval('step_order'), now()
      from pauses, generate_series(1, ${steps}::int) as n where event_name = 'test/go'`;
    await startOther(COMPLETE);
    await setup().app.client.send({ name: 'test/go', data: {} });
  };
  await fill('full', 8);
  expect((await setup().app.finish('full')).result).toBe('done');
  await fill('overflowing', 9);
  await expect.poll(failuresOf('overflowing')).toEqual([expect.stringMatching('StateOverflowed')]);
});

test('An app that answers with more than 8 MiB has failed, and is told so.', async () => {
  await startOther([{ op: 'StepRun', id: 'large', data: 'x'.repeat(8 * MIB) }]);
  await setup().app.client.send({ name: 'test/other', data: { key: 'large' } });
  await expect.poll(failuresOf('large')).toEqual(['the answer is larger than 8 MiB']);
});

test('A run whose app has nothing to do, and does not end it, fails.', async () => {
  await startOther([]);
  await setup().app.client.send({ name: 'test/other', data: { key: 'idle' } });
  await expect.poll(failuresOf('idle')).toEqual(['the app had nothing to do, and did not end']);
});
