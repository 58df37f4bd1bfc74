import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pageRanges } from './page-ranges';
import { splitAround } from './split-around';
import { titleOf } from './title-of';

describe('page ranges', () => {
  it('joins neighbours and speaks the reader’s language', () => {
    expect(pageRanges([9, 4, 7, 8, 12], 'en')).toBe('4, 7–9, and 12');
    expect(pageRanges([9, 4, 7, 8, 12], 'fr')).toBe('4, 7–9 et 12');
  });

  it('never names more ranges than there are pages, nor the same page twice', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1 }), (pages) => {
        const named = pageRanges(pages, 'en')
          .split(/, and |, | and /)
          .flatMap((range) => {
            const [first = 0, last = first] = range.split('–').map(Number);
            return Array.from({ length: last - first + 1 }, (_, offset) => first + offset);
          });
        expect(named).toEqual([...new Set(pages)].sort((a, b) => a - b));
      }),
    );
  });
});

describe('the text around a find', () => {
  it('finds whatever the case and keeps the author’s letters', () => {
    expect(splitAround('La Neige tombait.', 'neige')).toEqual({ before: 'La ', match: 'Neige', after: ' tombait.' });
  });

  it('finds what was typed plainly, and marks what is printed', () => {
    const printed = 'Il dit : « L’œuvre d’e\u0301te\u0301 ! »';
    expect(splitAround(printed, "l'oeuvre")?.match).toBe('L’œuvre');
    expect(splitAround(printed, 'ete')?.match).toBe('e\u0301te\u0301');
    expect(splitAround(printed, 'ete!')?.match).toBe('e\u0301te\u0301 !');
    expect(splitAround(printed, 'dit: "l')?.match).toBe('dit : « L');
    expect(splitAround(printed, '«')).toBeUndefined();
  });

  it('is undefined where nothing is found', () => {
    expect(splitAround('La neige tombait.', 'pluie')).toBeUndefined();
  });

  it('cuts a long sentence at words and says so', () => {
    const long = `${'mot '.repeat(40)}neige ${'mot '.repeat(40)}`.trim();
    const found = splitAround(long, 'neige');
    expect(found?.before).toMatch(/^… (mot )+$/);
    expect(found?.after).toMatch(/^( mot)+ …$/);
  });

  it('gives back pieces of the very text', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ minLength: 1 }), fc.string(), (left, query, right) => {
        const text = left + query + right;
        const found = splitAround(text, query);
        if (found) expect(text).toContain(found.match);
      }),
    );
  });
});

describe('the title of a novel', () => {
  it.each([
    ['Le_grand_hiver.pdf', 'Le grand hiver'],
    ['ROMAN.PDF', 'ROMAN'],
    ['sans ending', 'sans ending'],
    ['.pdf', '.pdf'],
  ])('of %s is %s', (name, title) => {
    expect(titleOf({ novel: { name } })).toBe(title);
  });
});
