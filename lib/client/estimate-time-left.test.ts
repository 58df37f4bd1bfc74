import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimateTimeLeft } from './estimate-time-left';

const alone = { chunksTotal: 4, chunksDone: 1, workers: 1, workedSeconds: 30, waitedSeconds: 0 };

describe('the estimate of the time left', () => {
  it('goes on at the pace of the chunks that are done', () => {
    expect(estimateTimeLeft(alone)).toBe(90);
    expect(estimateTimeLeft({ ...alone, chunksDone: 2 })).toBe(30);
    expect(estimateTimeLeft({ ...alone, chunksDone: 3, workedSeconds: 90 })).toBe(30);
  });

  it('says nothing before one is done, however long that takes', () => {
    expect(estimateTimeLeft({ ...alone, chunksDone: 0, workedSeconds: 0, waitedSeconds: 45 })).toBeUndefined();
  });

  it('falls second by second between two chunks, to nothing but no further', () => {
    expect(estimateTimeLeft({ ...alone, waitedSeconds: 20 })).toBe(70);
    expect(estimateTimeLeft({ ...alone, waitedSeconds: 500 })).toBe(0);
  });

  it('knows that chunks worked at side by side end about together', () => {
    const together = { ...alone, chunksTotal: 8, workers: 4 };
    expect(estimateTimeLeft(together)).toBe(30);
    expect(estimateTimeLeft({ ...together, chunksDone: 4, workedSeconds: 32 })).toBe(32);
    expect(estimateTimeLeft({ ...together, chunksDone: 5, workedSeconds: 60 })).toBe(0);
  });

  it('comes close to the truth at the end of every round, whatever the numbers', () => {
    const some = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(some, some, some, some, (workers, rounds, done, secondsOfRound) => {
        fc.pre(done <= rounds);
        const left = estimateTimeLeft({
          chunksTotal: rounds * workers,
          chunksDone: done * workers,
          workers,
          workedSeconds: done * secondsOfRound,
          waitedSeconds: 0,
        });
        expect(left).toBeCloseTo((rounds - done) * secondsOfRound, -0.5);
      }),
    );
  });
});
