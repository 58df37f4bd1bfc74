import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createPump } from './pump';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A pump whose rounds end when the test says, with what they ask for. */
function setUp() {
  const rounds: ((nextMs?: number) => void)[] = [];
  const errors: unknown[] = [];
  const failures: ((error: Error) => void)[] = [];
  const work = () =>
    new Promise<number | undefined>((resolve, reject) => {
      rounds.push(resolve);
      failures.push(reject);
    });
  const pump = createPump(work, (error) => errors.push(error));
  const end = async (nextMs?: number) => {
    rounds.at(-1)?.(nextMs);
    await vi.advanceTimersByTimeAsync(0);
  };
  const fail = async (error: Error) => {
    failures.at(-1)?.(error);
    await vi.advanceTimersByTimeAsync(0);
  };
  return { pump, rounds, errors, end, fail };
}

test('Whoever is woken at work works once more, however often, and never twice at the same time.', async () => {
  const { pump, rounds, end } = setUp();
  for (const _ of [1, 2, 3]) pump.wake();
  expect(rounds).toHaveLength(1);
  await end();
  expect(rounds).toHaveLength(2);
  pump.wake();
  await end();
  expect(rounds).toHaveLength(3);
  await end();
  expect(rounds).toHaveLength(3);
  pump.wake();
  expect(rounds).toHaveLength(4);
});

test('It comes again at once, or when it said, unless it is woken before.', async () => {
  const { pump, rounds, end } = setUp();
  pump.wake();
  await end(0);
  expect(rounds).toHaveLength(2);
  await end(5000);
  await vi.advanceTimersByTimeAsync(4999);
  expect(rounds).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(1);
  expect(rounds).toHaveLength(3);
  await end(5000);
  pump.wake();
  await end();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(rounds).toHaveLength(4);
});

test('What is planned for later than a timer can wait does not come at once.', async () => {
  const { pump, rounds, end } = setUp();
  pump.wake();
  await end(366 * 864e5);
  await vi.advanceTimersByTimeAsync(864e5);
  expect(rounds).toHaveLength(1);
});

test('An error is told, and tried again in a second.', async () => {
  const { pump, rounds, errors, fail } = setUp();
  pump.wake();
  const error = new Error('away');
  await fail(error);
  expect(errors).toEqual([error]);
  await vi.advanceTimersByTimeAsync(1000);
  expect(rounds).toHaveLength(2);
});

test('Stopped, it ends its round and begins no other.', async () => {
  const { pump, rounds, end } = setUp();
  pump.wake();
  const stopped = vi.fn();
  pump.stop().then(stopped);
  pump.wake();
  await vi.advanceTimersByTimeAsync(0);
  expect(stopped).not.toHaveBeenCalled();
  await end(0);
  expect(stopped).toHaveBeenCalled();
  pump.wake();
  await vi.advanceTimersByTimeAsync(5000);
  expect(rounds).toHaveLength(1);
});
