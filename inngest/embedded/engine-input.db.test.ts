import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
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
  const url = 'http://127.0.0.1:9/api/inngest';
  const steps = { step: { id: 'step', name: 'step', runtime: { type: 'http', url } } };
  const config = { id: 'other-fn', name: 'fn', triggers: [{ event: 'a' }], steps, ...extra };
  const answer = await post('/fn/register', { url, appName: 'other', functions: [config] });
  expect(answer.status).toBe(400);
  expect((await answer.json()).error).toContain(where);
});
