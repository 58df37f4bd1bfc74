import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hyphenate } from './hyphenate';

const shown = (word: string) => {
  const cuts = [0, ...hyphenate(word), word.length];
  return cuts
    .slice(1)
    .map((end, index) => word.slice(cuts[index], end))
    .join('|');
};

describe('hyphenate', () => {
  it.each([
    'mai|son',
    'cré|pus|cu|laire',
    'mon|tagne',
    'quel|que|fois',
    'ins|tant',
    'bi|blio|thèque',
    'ap|par|te|nait',
    'l’apos|trophe',
    'maxi|mum',
    'voyage',
    'peut-|être',
    '«\u00a0éton|nant\u00a0»,',
  ])('cuts %s by syllables', (parts) => {
    expect(shown(parts.replaceAll('|', ''))).toBe(parts);
  });

  it('leaves names and short words whole', () => {
    expect(['Madeleine', 'le', 'une', 'ami'].map(shown)).toEqual(['Madeleine', 'le', 'une', 'ami']);
  });

  it('leaves at least two letters before a cut and three after', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-zéèêàçœ]{1,20}$/), (word) =>
        hyphenate(word).every((at) => at >= 2 && word.length - at >= 3),
      ),
    );
  });
});
