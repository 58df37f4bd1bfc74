import { setTimeout as sleep } from 'node:timers/promises';
import { NonRetriableError, RetryAfterError } from 'inngest';
import { expect, test } from 'vitest';
import { until } from './testing/start-app';
import { setUpEngine } from './testing/start-test-engine';

interface FailureContext {
  event: { data: { event: { data: { key?: string } } } };
  error: Error;
}

const failed: { key: string; message: string }[] = [];

const setup = setUpEngine((client, { run }) => {
  const on = (id: string) => [{ event: `test/${id}` }];
  const child = client.createFunction({ id: 'child', triggers: [{ event: 'test/child' }], retries: 0 }, ({ event }) => {
    if (event.data.x < 0) throw new NonRetriableError('negative');
    return event.data.x * 2;
  });
  return [
    client.createFunction({ id: 'sequence', triggers: on('sequence') }, async (ctx) => {
      const a = await run(ctx, 'a', () => 1);
      const b = await run(ctx, 'b', () => Number(a) + 1);
      return { sum: Number(a) + Number(b), text: 'é\u0000\ud83d\ude00' };
    }),
    client.createFunction({ id: 'parallel', triggers: on('parallel'), retries: 1 }, async (ctx) => {
      const settled = await Promise.allSettled([
        run(ctx, 'good', () => sleep(50)),
        run(ctx, 'bad', () => Promise.reject(new Error('bad branch'))),
        ctx.step.sleep('nap', '1s'),
      ]);
      await run(ctx, 'after', () => 'after');
      return settled.map(({ status }) => status);
    }),
    client.createFunction({ id: 'race', triggers: on('race'), retries: 0 }, async (ctx) => {
      const first = await ctx.group.parallel({ mode: 'race' }, () =>
        Promise.race([run(ctx, 'fast', () => 'fast'), run(ctx, 'slow', () => sleep(700, 'slow'))]),
      );
      await run(ctx, 'after', () => first);
      return first;
    }),
    client.createFunction({ id: 'flaky', triggers: on('flaky'), retries: 3 }, async (ctx) => {
      await run(ctx, 'first', () => 0);
      return run(ctx, 'flaky', () => {
        if (ctx.attempt === 0) throw new Error('once more');
        if (ctx.attempt === 1) throw new RetryAfterError('in a second', '1s');
        return 'ok';
      });
    }),
    client.createFunction(
      {
        id: 'permanent',
        triggers: [{ event: 'test/permanent' }],
        retries: 3,
        onFailure: ({ event, error }: FailureContext) => told(event.data.event.data.key, error),
      },
      (ctx) => run(ctx, 'never', () => Promise.reject(new NonRetriableError('no use'))),
    ),
    client.createFunction({ id: 'caught', triggers: on('caught'), retries: 1 }, async (ctx) => {
      try {
        await run(ctx, 'always', () => Promise.reject(new Error('to be caught')));
      } catch (error) {
        return error instanceof Error ? error.message : 'not an error';
      }
    }),
    client.createFunction({ id: 'thrown', triggers: on('thrown'), retries: 2 }, async (ctx) => {
      await run(ctx, 'before', () => 0);
      if (ctx.attempt < 1) throw new Error('outside any step');
      return 'ok';
    }),
    client.createFunction({ id: 'loop', triggers: on('loop') }, async (ctx) => {
      const out: unknown[] = [];
      for (const i of [0, 1, 2]) {
        out.push(await run(ctx, 'same', () => i));
      }
      return out;
    }),
    client.createFunction({ id: 'sender', triggers: on('sender') }, async (ctx) => {
      const { key } = ctx.event.data;
      const { ids } = await ctx.step.sendEvent(
        'send',
        [1, 2].map((n) => ({ name: 'test/received', data: { key, n } })),
      );
      return ids.length;
    }),
    client.createFunction({ id: 'child-received', triggers: on('received') }, (ctx) =>
      run(ctx, `got${ctx.event.data.n}`, () => 0),
    ),
    client.createFunction({ id: 'waits', triggers: on('waits') }, async (ctx) => {
      const { timeout = '60s' } = ctx.event.data;
      const got = await ctx.step.waitForEvent('wait', { event: 'test/go', match: 'data.key', timeout });
      return got?.data.v ?? null;
    }),
    client.createFunction(
      {
        id: 'cancelled',
        triggers: on('cancelled'),
        cancelOn: [{ event: 'test/cancel', match: 'data.key' }],
        onFailure: () => told('cancelled'),
      },
      async (ctx) => {
        for (let i = 0; i < 50; i++) {
          await run(ctx, `s${i}`, () => sleep(100));
        }
      },
    ),
    client.createFunction({ id: 'overtime', triggers: on('overtime'), timeouts: { finish: '1s' } }, async (ctx) => {
      await ctx.step.sleep('long', '60s');
    }),
    client.createFunction({ id: 'signalled', triggers: on('signalled') }, (ctx) =>
      ctx.step.waitForSignal('signal', { signal: 'go', timeout: '1m' }),
    ),
    child,
    client.createFunction({ id: 'parent', triggers: on('parent'), retries: 0 }, async (ctx) => {
      try {
        return await ctx.step.invoke('call', { function: child, data: ctx.event.data });
      } catch (error) {
        return error instanceof Error ? error.message : 'not an error';
      }
    }),
  ];
});

const told = (key = '', error?: Error) => {
  failed.push({ key, message: error?.message ?? '' });
};
const send = (name: string, key: string, data: object = {}, id?: string) =>
  setup().app.client.send({ name: `test/${name}`, data: { key, ...data }, ...(id && { id }) });
const finish = (key: string) => setup().app.finish(key);
const attemptsOf = (key: string, step: string) =>
  setup()
    .probe.of(key, step)
    .map(({ attempt }) => attempt);
const stepsOf = (key: string) =>
  setup()
    .probe.of(key)
    .map(({ step }) => step);

test('Steps run in order, each once, and see what came before.', async () => {
  await send('sequence', 'k1');
  expect((await finish('k1')).result).toEqual({ sum: 3, text: 'é\u0000\ud83d\ude00' });
  expect(stepsOf('k1')).toEqual(['a', 'b']);
});

test('A failing branch is retried and then rejected; the other branches stand.', async () => {
  await send('parallel', 'k2');
  expect((await finish('k2')).result).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(attemptsOf('k2', 'bad')).toEqual([0, 1]);
  expect(attemptsOf('k2', 'good')).toEqual([0]);
  expect(stepsOf('k2').at(-1)).toBe('after');
});

test('In a race the run goes on with the first branch while the other still works.', async () => {
  await send('race', 'k3');
  expect((await finish('k3')).result).toBe('fast');
  const [after] = setup().probe.of('k3', 'after');
  const [slow] = setup().probe.of('k3', 'slow');
  expect(setup().probe.of('k3', 'after')).toHaveLength(1);
  expect(after?.begin).toBeLessThan((slow?.begin ?? 0) + 700);
});

test('A step is retried with its own attempts, and waits as long as it asked to.', async () => {
  await send('flaky', 'k4');
  expect((await finish('k4')).result).toBe('ok');
  expect(attemptsOf('k4', 'flaky')).toEqual([0, 1, 2]);
  expect(attemptsOf('k4', 'first')).toEqual([0]);
  const [, second, third] = setup().probe.of('k4', 'flaky');
  expect((third?.begin ?? 0) - (second?.begin ?? 0)).toBeGreaterThanOrEqual(990);
});

test('An error that no retry can mend fails the run at once, and onFailure hears of it once.', async () => {
  await send('permanent', 'k5');
  await finish('k5');
  await until(() => failed.find(({ key }) => key === 'k5'), 'onFailure');
  await until(() => setup().probe.ends('k5', 'failed').length, 'the failure');
  expect(attemptsOf('k5', 'never')).toEqual([0]);
  expect(setup().probe.ends('k5', 'failed')).toMatchObject([{ fn: 'permanent', error: 'no use' }]);
  expect(failed.filter(({ key }) => key === 'k5')).toEqual([{ key: 'k5', message: 'no use' }]);
});

test('A step that is out of attempts throws where it is awaited.', async () => {
  await send('caught', 'k6');
  expect((await finish('k6')).result).toBe('to be caught');
  expect(attemptsOf('k6', 'always')).toEqual([0, 1]);
});

test('An error outside any step retries the function without repeating its steps.', async () => {
  await send('thrown', 'k7');
  expect((await finish('k7')).result).toBe('ok');
  expect(attemptsOf('k7', 'before')).toEqual([0]);
});

test('The same step id again is another step.', async () => {
  await send('loop', 'k8');
  expect((await finish('k8')).result).toEqual([0, 1, 2]);
});

test('An event sent from a step starts other functions once.', async () => {
  await send('sender', 'k9');
  expect((await finish('k9')).result).toBe(2);
  await until(() => stepsOf('k9').length === 2, 'both receivers');
  expect(stepsOf('k9').toSorted()).toEqual(['got1', 'got2']);
});

test('A run waits for the event with its own key, and gets the data.', async () => {
  await send('waits', 'k10');
  await sleep(300);
  await send('go', 'k10-other', { v: 1 });
  await sleep(200);
  expect(setup().probe.ends('k10', 'finished')).toEqual([]);
  await send('go', 'k10', { v: 7 });
  expect((await finish('k10')).result).toBe(7);
});

test('A wait that nobody answers gives null, not before its time.', async () => {
  const began = Date.now();
  await send('waits', 'k11', { timeout: '1s' });
  expect((await finish('k11')).result).toBeNull();
  expect(Date.now() - began).toBeGreaterThanOrEqual(1000);
});

test('Only the matching event cancels a run, and then nothing more of it runs.', async () => {
  await send('cancelled', 'k12');
  await until(() => stepsOf('k12').length >= 2, 'two steps');
  await send('cancel', 'k12-other');
  await sleep(150);
  expect(setup().probe.ends('k12', 'cancelled')).toEqual([]);
  await send('cancel', 'k12');
  await until(() => setup().probe.ends('k12', 'cancelled').length, 'the cancellation');
  const begun = stepsOf('k12').length;
  await sleep(400);
  expect(stepsOf('k12')).toHaveLength(begun);
  expect(setup().probe.ends('k12', 'finished')).toHaveLength(1);
  expect(setup().probe.ends('k12', 'failed')).toEqual([]);
  expect(failed.filter(({ key }) => key === 'cancelled')).toEqual([]);
});

test('A run that takes longer than it may is cancelled.', async () => {
  const began = Date.now();
  await send('overtime', 'k13');
  await until(() => setup().probe.ends('k13', 'cancelled').length, 'the cancellation');
  expect(Date.now() - began).toBeLessThan(2500);
  expect(setup().probe.ends('k13', 'failed')).toEqual([]);
});

test('An invoked function gives back its value or its error.', async () => {
  await send('parent', 'k14', { x: 21 });
  await send('parent', 'k15', { x: -1 });
  expect((await finish('k14')).result).toBe(42);
  expect((await finish('k15')).result).toBe('negative');
});

test('Two events with the same id start one run.', async () => {
  await Promise.all([send('loop', 'k16', {}, 'same-id'), send('loop', 'k16', {}, 'same-id')]);
  await send('loop', 'k16', {}, 'same-id');
  await finish('k16');
  await sleep(300);
  expect(setup().probe.ends('k16', 'finished')).toHaveLength(1);
  expect(stepsOf('k16')).toEqual(['same', 'same', 'same']);
});

test('A run that asks for an operation that is missing fails by its name.', async () => {
  await send('signalled', 'k17');
  const { error } = await until(() => setup().probe.ends('k17', 'failed')[0], 'the failure');
  expect(error).toBe('the embedded engine does not support the operation WaitForSignal');
});
