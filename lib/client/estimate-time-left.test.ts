import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimateTimeLeft } from './estimate-time-left';

const percent = fc.integer({ min: 0, max: 100 });
const seconds = fc.integer({ min: 0, max: 100_000 });

describe('the estimate of the time left', () => {
  it('goes on at the pace so far', () => {
    expect(estimateTimeLeft({ progressPercent: 25, elapsedSeconds: 30 })).toBe(90);
  });

  it('leaves out what an earlier run had done', () => {
    expect(estimateTimeLeft({ progressPercent: 60, elapsedSeconds: 30, startPercent: 50 })).toBe(120);
    expect(estimateTimeLeft({ progressPercent: 52, elapsedSeconds: 30, startPercent: 50 })).toBeUndefined();
  });

  it('says nothing while there is too little to judge by', () => {
    expect(estimateTimeLeft({ progressPercent: 2, elapsedSeconds: 60 })).toBeUndefined();
    expect(estimateTimeLeft({ progressPercent: 50, elapsedSeconds: 1 })).toBeUndefined();
  });

  it('is nothing at the end, whenever that is', () => {
    fc.assert(
      fc.property(seconds, (elapsedSeconds) => estimateTimeLeft({ progressPercent: 100, elapsedSeconds }) === 0),
    );
  });

  it('falls as the work is done', () => {
    fc.assert(
      fc.property(percent, percent, seconds, (one, other, elapsedSeconds) => {
        const [less, more] = [Math.min(one, other), Math.max(one, other)];
        const before = estimateTimeLeft({ progressPercent: less, elapsedSeconds });
        const after = estimateTimeLeft({ progressPercent: more, elapsedSeconds });
        if (before !== undefined) expect(after).toBeLessThanOrEqual(before);
      }),
    );
  });
});
