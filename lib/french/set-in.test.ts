import { describe, expect, it } from 'vitest';
import { toParagraphs } from './paragraphs';
import { ending, FULL, opening, page, type Typed } from './testing/typed-page';

const HERE = 'Je vous écris de la jetée où la mer monte';
const ON = 'encore et où le vent souffle ce soir si fort';
const inset = (text: string, more: Typed = {}): [string, Typed] => [text, { indent: 20, short: 20, ...more }];

const texts = (...lines: Parameters<typeof page>[1]) =>
  toParagraphs([page(1, lines)], { fixHyphenation: true }).map(({ text }) => text);
const AROUND = [opening('Ce soir-là'), FULL, FULL, ending('il lut ceci :')] as const;

describe('a passage set in', () => {
  it('keeps the lines of a paragraph together, that steps back to the margin of the passage', () => {
    const letter = [inset(HERE, { indent: 32 }), inset(ON), inset('que rien ne dort.', { short: 90 })];
    const answer = [
      inset('Revenez donc, la maison est grande et les', { indent: 32 }),
      inset('nuits longues.', { short: 110 }),
    ];
    expect(texts(...AROUND, ...letter, ...answer, opening('Il plia'), FULL, ending('la lettre.'))).toEqual([
      `Ce soir-là ${FULL} ${FULL} il lut ceci\u00a0:`,
      `${HERE} ${ON} que rien ne dort.`,
      'Revenez donc, la maison est grande et les nuits longues.',
      `Il plia ${FULL} la lettre.`,
    ]);
  });

  it('measures its own lines, where they end ragged', () => {
    const letter = [
      inset(HERE, { short: 34 }),
      inset('Encore une fois, rien ne dort ici, et le', { short: 44 }),
      inset('vent souffle.', { short: 110 }),
    ];
    expect(texts(...AROUND, ['Brest, le 3 mai', { indent: 110 }], ...letter)[2]).toBe(
      `${HERE} Encore une fois, rien ne dort ici, et le vent souffle.`,
    );
  });

  it('lets a date and a signature at the right stand alone', () => {
    const atRight = (text: string): [string, Typed] => [text, { indent: 110 }];
    const letter = [
      atRight('Brest, le 3 mai'),
      inset('Mon enfant,', { indent: 32, short: 100 }),
      inset(HERE, { indent: 32 }),
      inset('encore.', { short: 120 }),
    ];
    expect(
      texts(...AROUND, ...letter, atRight('Votre père, Yves'), opening('Il plia'), FULL, ending('la lettre.')).slice(1),
    ).toEqual(['Brest, le 3 mai', 'Mon enfant,', `${HERE} encore.`, 'Votre père, Yves', `Il plia ${FULL} la lettre.`]);
  });

  it('opens a paragraph at the margin behind a signature', () => {
    const signed: [string, Typed] = ['Votre père, Yves', { indent: 110 }];
    expect(texts(...AROUND, signed, 'Yves Morel, gardien', FULL, ending('de la mer.'))).toHaveLength(3);
  });

  it('joins a point of a list to the lines that hang under its dash', () => {
    const point: [string, Typed] = ['— Aucun bateau ne doit quitter le port avant', { indent: 12 }];
    expect(texts(...AROUND, point, inset('que la mer ne soit retombée.', { short: 60 }))[1]).toBe(
      '—\u00a0Aucun bateau ne doit quitter le port avant que la mer ne soit retombée.',
    );
  });

  it('leaves short paragraphs that share the usual indent apart', () => {
    const speech = [opening('— Qui va là ?'), opening('— Moi.'), opening('— Entrez.')];
    expect(
      texts(...AROUND, ...speech.map(([text, typed]): [string, Typed] => [text, { ...typed, short: 120 }])),
    ).toHaveLength(4);
  });
});
