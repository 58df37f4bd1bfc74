import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldForSearch, foldWithPlaces } from './fold-for-search';

describe('text folded for a search', () => {
  it.each([
    ["l'ancien", 'L’ANCIEN'],
    ['ete', 'été'],
    ['Oeuvre', 'œuvre'],
    ['ca et la', 'Ça et\u00a0là'],
    ['Oui! Non? Si: la; ici', 'Oui\u202f! Non\u00a0? Si : là ; ici'],
    ['il dit "oui", puis', 'Il dit «\u00a0oui\u00a0», puis'],
    ['attends...', 'Attends…'],
    ['e\u0301te\u0301', 'été'],
    ['porte-clefs', 'porte\u2011clefs'],
  ])('%s is %s', (typed, printed) => {
    expect(foldForSearch(typed)).toBe(foldForSearch(printed));
  });

  it('keeps words apart', () => {
    expect(foldForSearch('et il')).not.toBe(foldForSearch('etil'));
  });

  it('knows for every sign where it came from', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (original) => {
        const { text, places } = foldWithPlaces(original);
        expect(places).toHaveLength(text.length);
        for (const { start, end } of places) expect(foldWithPlaces(original.slice(start, end)).text).not.toBe('');
      }),
    );
  });
});
