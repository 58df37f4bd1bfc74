import { describe, expect, it } from 'vitest';
import { findHeadings } from './find-headings';
import type { TextLine } from './novel-text';
import type { BookMeasure } from './typeset-measure';

const MARGINS = { left: 50, right: 350 };
const BOOK: BookMeasure = { fontSize: 10, pitch: 12, usesIndent: true, indent: 10, classes: new Map() };
const FULL = 'et le gardien descendit vers la mer avec sa lampe';

type Set = Partial<TextLine> & { gap?: number };

/** Lines one under the other, from margin to margin unless they say otherwise. */
function headingsOf(...set: (string | [string, Set])[]): string[] {
  let bottom = 100;
  const lines = set.map((typed): TextLine => {
    const [text, { gap = 12, ...rest }] = typeof typed === 'string' ? [typed, {}] : typed;
    bottom += gap;
    return { text, ...MARGINS, top: bottom - 10, bottom, fontSize: 10, ...rest };
  });
  const found = findHeadings({ page: 1, column: 0, lines }, BOOK, MARGINS);
  return lines.flatMap((line) => (found.has(line) ? line.text : []));
}

const opening = (text: string): [string, Set] => [text, { left: 60 }];
const ending = (text: string): [string, Set] => [text, { right: 200 }];
const alone = (text: string): [string, Set] => [text, { left: 60, right: 160 }];
const centred = (text: string, gap = 12): [string, Set] => [text, { left: 150, right: 250, gap }];
const NUMBER = centred('III', 30);

describe('findHeadings', () => {
  it('finds the name of a part that is set like a paragraph', () => {
    expect(headingsOf(opening(FULL), ending('seul.'), alone('Deuxième partie'), opening('La mer'), FULL)).toEqual([
      'Deuxième partie',
    ]);
    expect(headingsOf(opening(FULL), ending('seul.'), ['IV', { right: 62 }], opening('La mer'), FULL)).toEqual(['IV']);
  });

  it('takes no line of a sentence for one', () => {
    expect(
      headingsOf(opening(FULL), ['sous Napoléon', { right: 349 }], ['III', { right: 62 }], 'et son frère'),
    ).toEqual([]);
    expect(headingsOf(opening('Il y en avait :'), ['12', { right: 62 }], opening('La mer'))).toEqual([]);
  });

  it('takes no figure beside other words for a chapter’s number', () => {
    expect(
      headingsOf(['12', { right: 62 }], ['Le phare', { left: 300, gap: 0 }], ['La mer', { gap: 30 }], FULL),
    ).toEqual([]);
  });

  it('finds a chapter’s number that is centred close over its text', () => {
    expect(headingsOf(ending('seul.'), centred('IX'), opening('La mer'), FULL)).toEqual(['IX']);
  });

  it('finds a title in capitals under the number, however long', () => {
    const title = [opening('OÙ LE GARDIEN REVOIT LA MER ET PERD SON CHA-'), ending('PEAU')] as const;
    expect(headingsOf(NUMBER, ...title, opening('La mer'), FULL)).toEqual(['III', title[0][0], 'PEAU']);
    expect(headingsOf(NUMBER, ['LA MER MONTAIT', { left: 60 }], FULL)).toEqual(['III']);
  });

  it('finds a title under the number that is set like a paragraph and ends in no full stop', () => {
    const title = [opening('Dans lequel le gardien revoit la mer et perd'), ending('son chapeau')] as const;
    expect(headingsOf(NUMBER, ...title, opening('La mer'), FULL)).toEqual(['III', title[0][0], 'son chapeau']);
    expect(headingsOf(NUMBER, ...title, ['La mer', { opens: true }], FULL)).toHaveLength(3);
    expect(headingsOf(NUMBER, alone('Où l’on part.'), opening('La mer'), FULL)).toEqual(['III', 'Où l’on part.']);
  });

  it('leaves the first paragraph of a chapter to the text', () => {
    expect(headingsOf(NUMBER, opening('La mer montait'), FULL, ending('seul.'), opening(FULL))).toEqual(['III']);
    expect(headingsOf(NUMBER, alone('La mer montait.'), opening(FULL))).toEqual(['III']);
    expect(headingsOf(NUMBER, alone('Où aller ?'), opening(FULL))).toEqual(['III']);
    expect(headingsOf(NUMBER, opening('La mer montait et'), FULL)).toEqual(['III']);
  });

  it('finds centred lines under the number, full stop or not', () => {
    expect(headingsOf(NUMBER, centred('La mer et le phare.'), opening('La mer'), FULL)).toEqual([
      'III',
      'La mer et le phare.',
    ]);
  });

  it('finds what stands alone at the right of a page’s head, but no date of a letter', () => {
    const atRight = (text: string): [string, Set] => [text, { left: 290 }];
    expect(headingsOf(atRight('quatre'), ['La mer', { gap: 60 }], FULL)).toEqual(['quatre']);
    expect(headingsOf(atRight('Le 3 mai 1880'), ['La mer', { gap: 60 }], FULL)).toEqual([]);
  });
});
