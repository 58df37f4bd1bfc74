import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planChunks } from './plan-chunks';

describe('planChunks', () => {
  it.each([
    [1, 1, 1],
    [30, 1, 1],
    [31, 2, 3],
    [100, 5, 3],
    [101, 7, 5],
    [500, 34, 5],
    [1000, 67, 5],
  ])('plans %i pages as %i chunks, %i at once', (pages, chunks, workers) => {
    const plan = planChunks(pages);
    expect([plan.chunks.length, plan.workers]).toEqual([chunks, workers]);
  });

  it('puts every page into exactly one chunk, in order', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), (pages) => {
        const covered = planChunks(pages).chunks.flatMap(({ pageStart, pageEnd }) =>
          Array.from({ length: pageEnd - pageStart + 1 }, (_, i) => pageStart + i),
        );
        expect(covered).toEqual(Array.from({ length: pages }, (_, i) => i + 1));
      }),
    );
  });

  it.each([0, -1, 1.5, Number.NaN])('refuses %d pages', (pages) => {
    expect(() => planChunks(pages)).toThrow(RangeError);
  });
});
