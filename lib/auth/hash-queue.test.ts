import { availableParallelism } from 'node:os';
import { expect, it } from 'vitest';
import { inTurn } from './hash-queue';

const most = Math.max(1, Math.min(3, availableParallelism() - 1));

it('twenty who sign in at once are hashed in turn, and leave a core to the rest', async () => {
  let running = 0;
  let peak = 0;
  const order: number[] = [];
  const hash = async (i: number) => {
    running += 1;
    peak = Math.max(peak, running);
    await new Promise(setImmediate);
    running -= 1;
    order.push(i);
  };
  await Promise.all(Array.from({ length: 20 }, (_, i) => inTurn(() => hash(i))));
  expect(peak).toBe(most);
  expect(order).toEqual(Array.from({ length: 20 }, (_, i) => i));
});

it('who would wait too long is told to come back, and one that fails makes room', async () => {
  const begun = Promise.withResolvers<void>();
  const runs = Array.from({ length: most + 300 }, () => inTurn(() => begun.promise));
  await expect(inTurn(async () => 'hashed')).rejects.toMatchObject({ code: 'UNAVAILABLE', retryAfterMs: 10_000 });
  begun.reject(new Error('no memory'));
  for (const { status } of await Promise.allSettled(runs)) expect(status).toBe('rejected');
  expect(await inTurn(async () => 'hashed')).toBe('hashed');
});
