import { expect, it } from 'vitest';
import { AppError } from './errors';
import { takeTurns } from './take-turns';

const tooMany = () => new AppError('RATE_LIMITED');

/** Works that are each done when `finish` is called, and the order in which they began. */
function queue(options: { atOnce: number; mostWaiting: number; mostOfOne?: number }) {
  const inTurn = takeTurns({ ...options, tooMany });
  const begun: string[] = [];
  const open: (() => void)[] = [];
  const ask = (name: string, signal?: AbortSignal) =>
    inTurn(
      () => {
        begun.push(name);
        return new Promise<void>((done) => open.push(done));
      },
      { who: name.charAt(0), ...(signal && { signal }) },
    );
  const finish = async () => {
    open.shift()?.();
    await new Promise(setImmediate);
  };
  return { ask, finish, begun };
}

it('takes one of each who waits before the second of anybody', async () => {
  const { ask, finish, begun } = queue({ atOnce: 1, mostWaiting: 20 });
  const all = ['a1', 'a2', 'a3', 'a4', 'b1', 'b2', 'c1'].map((name) => ask(name));
  await finish();
  // Comes late, and yet before the third of the first.
  all.push(ask('d1'));
  for (let i = 0; i < 8; i += 1) await finish();
  await Promise.all(all);
  expect(begun).toEqual(['a1', 'a2', 'b1', 'c1', 'a3', 'd1', 'b2', 'a4']);
});

it('leaves room in the queue for others than who fills it', async () => {
  const { ask, finish, begun } = queue({ atOnce: 1, mostWaiting: 3, mostOfOne: 2 });
  const all = ['a1', 'a2', 'a3'].map((name) => ask(name));
  await expect(ask('a4')).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  all.push(ask('b1'));
  await expect(ask('c1')).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  for (let i = 0; i < 4; i += 1) await finish();
  await Promise.all(all);
  expect(begun).toEqual(['a1', 'a2', 'b1', 'a3']);
});

it('passes over whoever has gone, and is at the disposal of the next when all have', async () => {
  const { ask, finish, begun } = queue({ atOnce: 1, mostWaiting: 3 });
  const gone = new AbortController();
  const [first, second, third] = [ask('a1'), ask('a2', gone.signal), ask('b1', gone.signal)];
  const left = Promise.allSettled([second, third]);
  gone.abort();
  for (const { status } of await left) expect(status).toBe('rejected');
  await finish();
  await first;
  const later = ask('b2');
  await finish();
  await later;
  expect(begun).toEqual(['a1', 'b2']);
});
