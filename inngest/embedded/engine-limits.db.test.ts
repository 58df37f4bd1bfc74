import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { type Seen, until } from './testing/start-app';
import { setUpEngine } from './testing/start-test-engine';

const STEP_MS = 100;

const holds = new Map<string, Promise<void>>();

/** Keeps the steps of a key from ending; answers how to let them. */
function hold(key: string): () => void {
  const { promise, resolve } = Promise.withResolvers<void>();
  holds.set(key, promise);
  return resolve;
}

/** What a step does: it takes its time, on a busy machine at least. */
async function work(key: unknown) {
  await holds.get(String(key));
  await sleep(STEP_MS);
}

const setup = setUpEngine((client, { run }) => {
  const on = (id: string) => [{ event: `test/${id}` }];
  const fan = async (ctx: Parameters<typeof run>[0], count: number) => {
    const ids = Array.from({ length: count }, (_, i) => `w${i}`);
    await Promise.all(ids.map((id) => run(ctx, id, () => work(ctx.event.data.key))));
  };
  const shared = { limit: 4, scope: 'env' as const, key: '"model"' };
  return [
    client.createFunction(
      { id: 'serial', triggers: on('serial'), concurrency: { limit: 1, key: 'event.data.key' } },
      (ctx) => run(ctx, 'w', () => work(ctx.event.data.key)),
    ),
    client.createFunction(
      { id: 'three', triggers: on('three'), concurrency: [{ limit: 3, key: 'event.data.key' }, shared] },
      (ctx) => fan(ctx, 9),
    ),
    client.createFunction(
      { id: 'other', triggers: on('other'), concurrency: [{ limit: 3, key: 'event.data.key' }, shared] },
      (ctx) => fan(ctx, 6),
    ),
    client.createFunction(
      { id: 'throttled', triggers: on('throttled'), throttle: { limit: 1, period: '1s', key: 'event.data.key' } },
      (ctx) => run(ctx, 'start'),
    ),
    client.createFunction(
      {
        id: 'ranked',
        triggers: on('ranked'),
        concurrency: { limit: 1, key: '"ranked"' },
        priority: { run: 'event.data.urgent ? 600 : 0' },
      },
      (ctx) => run(ctx, `rank${ctx.event.data.n}`, () => work(ctx.event.data.key)),
    ),
    client.createFunction(
      {
        id: 'impatient',
        triggers: on('impatient'),
        concurrency: { limit: 1, key: '"impatient"' },
        timeouts: { start: '1s' },
      },
      (ctx) => run(ctx, 'w', () => work(ctx.event.data.key)),
    ),
    client.createFunction(
      {
        id: 'sharing',
        triggers: on('sharing'),
        concurrency: { limit: 2, scope: 'env', key: '"sharing"' },
        priority: { run: 'event.data.urgent ? 600 : 0' },
      },
      (ctx) => fan(ctx, 6),
    ),
  ];
});

const send = (name: string, ...data: { key: string }[]) =>
  setup().app.client.send(data.map((each) => ({ name: `test/${name}`, data: each })));
const done = (key: string, count: number) =>
  until(() => {
    const all = setup().probe.of(key);
    return all.length === count && all.every(({ end }) => end) && all;
  }, `${count} steps of ${key}`);

function mostAtOnce(seen: Seen[]): number {
  const changes = seen.flatMap(({ begin, end = begin }) => [
    { at: begin, by: 1 },
    { at: end, by: -1 },
  ]);
  let now = 0;
  return Math.max(...changes.toSorted((a, b) => a.at - b.at || a.by - b.by).map(({ by }) => (now += by)));
}

test('A limit of one makes the runs of a key go one after another.', async () => {
  await send('serial', { key: 'a' }, { key: 'a' }, { key: 'a' });
  expect(mostAtOnce(await done('a', 3))).toBe(1);
});

test('Two limits hold at the same time: each job its own, and all functions together the shared one.', async () => {
  const releases = [hold('b'), hold('c')];
  await Promise.all([send('three', { key: 'b' }), send('other', { key: 'c' })]);
  const bodies = () => [...setup().probe.of('b'), ...setup().probe.of('c')];
  await until(() => bodies().length === 4, 'all slots to be taken');
  for (const release of releases) release();
  const [b, c] = await Promise.all([done('b', 9), done('c', 6)]);
  expect(mostAtOnce(b)).toBeLessThanOrEqual(3);
  expect(mostAtOnce(c)).toBeLessThanOrEqual(3);
  expect(mostAtOnce([...b, ...c])).toBe(4);
});

test('A full key does not hold up another.', async () => {
  const release = hold('d');
  await send('serial', ...Array.from({ length: 8 }, () => ({ key: 'd' })), { key: 'e' });
  await done('e', 1);
  expect(setup().probe.of('d').length).toBeLessThan(2);
  release();
  await done('d', 8);
});

test('A throttle spreads starts, and loses none.', async () => {
  const sent = Date.now();
  await send('throttled', { key: 'f' }, { key: 'f' }, { key: 'f' }, { key: 'g' });
  const [, second = 0, third = 0] = (await done('f', 3)).map(({ begin }) => begin - sent);
  expect(second).toBeGreaterThanOrEqual(1000);
  expect(third).toBeGreaterThanOrEqual(2000);
  expect(setup().probe.of('g')[0]?.begin).toBeLessThan(sent + second);
});

test('An urgent run overtakes those that wait.', async () => {
  const ranked = [0, 1, 2, 3].map((n) => ({ key: 'h', n, urgent: n === 3 }));
  const release = hold('h');
  await send('ranked', ...ranked.slice(0, 3));
  await until(() => setup().probe.of('h').length === 1, 'the first');
  await send('ranked', ...ranked.slice(3));
  release();
  const order = (await done('h', 4)).map(({ step }) => step);
  expect(order.indexOf('rank3')).toBeLessThanOrEqual(2);
  expect(order.at(-1)).toBe('rank2');
});

test('The steps of an urgent run overtake the queued steps of those that came before.', async () => {
  const release = hold('early');
  await send('sharing', { key: 'early' });
  await until(() => setup().probe.of('early').length === 2, 'the first steps');
  await setup().app.client.send({ name: 'test/sharing', data: { key: 'urgent', urgent: true } });
  release();
  const [early, urgent] = await Promise.all([done('early', 6), done('urgent', 6)]);
  const begun = (seen: Seen[]) => seen.map(({ begin }) => begin).toSorted((a, b) => a - b);
  const last = Math.max(...begun(urgent));
  // Two were at work when the urgent run came, and two more may be while its first request is answered.
  expect(begun(early).filter((at) => at > last).length).toBeGreaterThanOrEqual(2);
  expect(mostAtOnce([...early, ...urgent])).toBe(2);
});

test('A run that could not begin in time is cancelled, and one that did is not.', async () => {
  const release = hold('in time');
  await send('impatient', { key: 'in time' });
  await until(() => setup().probe.of('in time').length, 'the first');
  await send('impatient', { key: 'too late' });
  await until(() => setup().probe.ends('too late', 'cancelled').length, 'the cancellation');
  release();
  await setup().app.finish('in time');
  expect(setup().probe.ends('in time', 'cancelled')).toEqual([]);
  expect(setup().probe.of('too late')).toEqual([]);
});
