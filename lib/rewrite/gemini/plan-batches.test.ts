import fc from 'fast-check';
import { expect, it } from 'vitest';
import { countWords } from '@/lib/french/words';
import type { LongSentence } from '@/lib/rewrite/engine';
import { planBatches } from './plan-batches';

const sentence = (length: number, position = 0): LongSentence => ({
  position,
  kind: 'narration',
  text: Array.from({ length }, () => 'mot').join(' '),
});
const lengthsOf = (batches: LongSentence[][]) => batches.map((batch) => batch.map(({ text }) => countWords(text)));

it('shares the words out evenly instead of leaving a small rest', () => {
  expect(
    lengthsOf(
      planBatches(
        [10, 10, 10, 10, 10].map((length) => sentence(length)),
        40,
      ),
    ),
  ).toEqual([
    [10, 10, 10],
    [10, 10],
  ]);
});

it('gives a sentence that fits no batch one of its own', () => {
  expect(
    lengthsOf(
      planBatches(
        [5, 90, 5].map((length) => sentence(length)),
        20,
      ),
    ),
  ).toEqual([[5], [90], [5]]);
});

it('loses, doubles and moves no sentence, and fills no batch beyond the limit', () => {
  const lengths = fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 80 });
  fc.assert(
    fc.property(lengths, fc.integer({ min: 1, max: 400 }), (all, batchWords) => {
      const batches = planBatches(all.map(sentence), batchWords);
      expect(batches.flat().map(({ position }) => position)).toEqual(all.map((_, index) => index));
      for (const batch of lengthsOf(batches)) {
        expect(batch.length).toBeGreaterThan(0);
        if (batch.length > 1) expect(batch.reduce((sum, length) => sum + length)).toBeLessThanOrEqual(batchWords);
      }
    }),
  );
});
