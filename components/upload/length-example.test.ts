import { describe, expect, it } from 'vitest';
import { countWords } from '@/lib/french/words';
import { exampleFor, LENGTH_EXAMPLES } from './length-example';

describe('the example sentence', () => {
  it.each([...LENGTH_EXAMPLES])('keeps to $maxWords words', ({ maxWords, sentences }) => {
    for (const sentence of sentences) expect(countWords(sentence)).toBeLessThanOrEqual(maxWords);
  });

  it('takes the longest form that fits', () => {
    expect(exampleFor(50)).toHaveLength(1);
    expect(exampleFor(12)).toHaveLength(3);
    expect(exampleFor(11)).toEqual(exampleFor(8));
  });

  it('shows the tightest form below it', () => {
    expect(exampleFor(3)).toEqual(exampleFor(6));
  });
});
