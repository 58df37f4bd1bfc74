import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isInRollout } from './is-in-rollout';

it('takes nobody at 0, everybody at 100, and about the share between', () => {
  const users = Array.from({ length: 2000 }, (_, i) => `user-${i}`);
  const share = (percent: number) => users.filter((user) => isInRollout(user, percent)).length / users.length;
  expect([share(0), share(100)]).toEqual([0, 1]);
  expect(share(30)).toBeGreaterThan(0.26);
  expect(share(30)).toBeLessThan(0.34);
});

it('keeps whom it has taken when the share grows', () => {
  const percent = fc.integer({ min: 0, max: 100 });
  fc.assert(
    fc.property(fc.string(), percent, percent, (user, a, b) => {
      const [less, more] = [Math.min(a, b), Math.max(a, b)];
      if (isInRollout(user, less)) expect(isInRollout(user, more)).toBe(true);
    }),
  );
});
