import { describe, expect, it } from 'vitest';
import { toParagraphs } from './paragraphs';
import { ending, FULL, opening, page, type Typed } from './testing/typed-page';

const verse = (text: string, indent = 30): [string, Typed] => [text, { indent, short: 80 }];
const STANZA = ['La lune danse sur les flots,', 'Le vent la suit,', 'Et la nuit tombe', 'Sans un mot.'];
const VERSE = STANZA.map(() => 'verse');
const BEFORE = [
  FULL,
  ending('seul.'),
  opening('Ce soir'),
  FULL,
  ending('seul.'),
  opening('Il chantait'),
  FULL,
  ending('ceci :'),
] as const;
const AFTER = [opening('Puis'), FULL, ending('seul.')] as const;

const kinds = (...pages: Parameters<typeof page>[1][]) =>
  toParagraphs(
    pages.map((lines, index) => page(index + 1, lines)),
    { fixHyphenation: true },
  )
    .slice(2)
    .map(({ kind }) => kind);

describe('findVerse', () => {
  it('finds each line of a stanza that is set in, at the left or centred', () => {
    const narrow = STANZA.map((text, index): [string, Typed] => [
      text,
      { indent: 50 + index * 5, short: 50 + index * 5 },
    ]);
    for (const stanza of [STANZA.map((text) => verse(text)), narrow])
      expect(kinds([...BEFORE, ...stanza, ...AFTER])).toEqual(['narration', ...VERSE, 'narration']);
  });

  it('finds two, a line apart', () => {
    const stanzas = [
      ...STANZA.map((text) => verse(text)),
      [STANZA[0] ?? '', { indent: 30, short: 80, top: 220 }] as [string, Typed],
    ];
    expect(kinds([...BEFORE, ...stanzas, verse('Le vent la suit.'), ...AFTER])).toEqual([
      'narration',
      ...VERSE,
      'verse',
      'verse',
      'narration',
    ]);
  });

  it('goes on with it on the next page', () => {
    const lines = STANZA.map((text) => verse(text));
    expect(kinds([...BEFORE, ...lines.slice(0, 2)], [...lines.slice(2), ...AFTER])).toEqual([
      'narration',
      ...VERSE,
      'narration',
    ]);
  });

  it('finds a long one at the usual indent, but no dialogue', () => {
    expect(kinds([...BEFORE, ...STANZA.map((text) => verse(text, 12)), ...AFTER])).toEqual([
      'narration',
      ...VERSE,
      'narration',
    ]);
    const speech = ['— Holà, qui est', '— Puis rien, alors', '— Entrez, voilà', '— Non, plus'];
    expect(kinds([...BEFORE, ...speech.map((text) => verse(text, 12)), ...AFTER])).not.toContain('verse');
  });

  it('leaves the first line of a letter to its paragraph', () => {
    const letter = [
      verse('Mon cher enfant,'),
      ['Je vous écris de la jetée où la mer monte', { indent: 30 }],
      verse('encore.', 20),
    ] as const;
    expect(kinds([...BEFORE, ...letter.map(([text, typed]): [string, Typed] => [text, typed])])).not.toContain('verse');
    const ragged = [verse('Mon cher enfant,'), verse('Je vous écris ici'), verse('encore.', 20)];
    expect(kinds([...BEFORE, ...ragged])).not.toContain('verse');
  });

  it('wants no sentence in each line, but of a long one', () => {
    const song = ['Il plut.', 'Il neigea.', 'Il gela !', 'Ô la nuit !'];
    expect(kinds([...BEFORE, ...song.map((text) => verse(text)), ...AFTER])).toEqual([
      'narration',
      ...VERSE,
      'narration',
    ]);
    expect(kinds([...BEFORE, verse('Il plut.'), verse('Il neigea.'), verse('Il gela.'), ...AFTER])).not.toContain(
      'verse',
    );
  });
});
