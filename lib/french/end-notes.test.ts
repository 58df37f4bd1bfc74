import { describe, expect, it } from 'vitest';
import { toParagraphs } from './paragraphs';
import { ending, FULL, opening, page, type Typed } from './testing/typed-page';

const TEXT = [opening('Ce soir-là'), FULL, FULL, FULL, ending('fin.')] as const;
const NOTES: [string, Typed] = ['Notes', { size: 16, top: 80, short: 140 }];
const small = (text: string): [string, Typed] => [text, { size: 8, indent: 12, short: 90 }];
const kinds = (...lines: Parameters<typeof page>[1]) =>
  toParagraphs([page(1, [...TEXT]), page(2, [...TEXT]), page(3, lines)], { fixHyphenation: true })
    .slice(2)
    .map(({ kind, text }) => [kind, text]);

describe('withEndNotes', () => {
  it('takes small or numbered paragraphs under « Notes » for notes, with all their figures', () => {
    expect(kinds(NOTES, small('Un grand oiseau de mer.'), small('12 mai 1880.'), opening('3. Un bateau.'))).toEqual([
      ['heading', 'Notes'],
      ['note', 'Un grand oiseau de mer.'],
      ['note', '12 mai 1880.'],
      ['note', '3. Un bateau.'],
    ]);
  });

  it('does not take their figures for those of notes at the foot of a page', () => {
    expect(kinds(NOTES, small('Un grand oiseau.'), small('12 mai 1880.'))).toEqual([
      ['heading', 'Notes'],
      ['note', 'Un grand oiseau.'],
      ['note', '12 mai 1880.'],
    ]);
  });

  it('goes no further than the next heading, and leaves a chapter alone that is called so', () => {
    const next: [string, Typed] = ['La suite', { size: 16, top: 200, short: 140 }];
    expect(kinds(NOTES, small('Un oiseau.'), next, small('Au port.')).map(([kind]) => kind)).toEqual([
      'heading',
      'note',
      'heading',
      'narration',
    ]);
    expect(kinds(NOTES, ...TEXT).map(([kind]) => kind)).toEqual(['heading', 'narration']);
  });
});
