import { expect, it, vi } from 'vitest';
import { remembering } from './remembering';

it('asks once for each word, and anew when too many have come between', () => {
  const find = vi.fn((word: string) => (word === 'rien' ? undefined : word.length));
  const ask = remembering(find);
  expect([ask('rien'), ask('mot'), ask('rien'), ask('mot')]).toEqual([undefined, 3, undefined, 3]);
  expect(find).toHaveBeenCalledTimes(2);
  for (let n = 0; n < 100_000; n += 1) ask(`mot${n}`);
  find.mockClear();
  expect(ask('mot')).toBe(3);
  expect(find).toHaveBeenCalledTimes(1);
});
