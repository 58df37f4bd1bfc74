import { describe, expect, it } from 'vitest';
import { toParagraphs } from './paragraphs';
import { ending, FULL, opening, page, type Typed } from './testing/typed-page';

const centred = (text: string, top: number, size = 10): [string, Typed] => [text, { top, size, indent: 60, short: 60 }];
const FULL_LINES = Array.from({ length: 14 }, () => FULL);
const BODY = [opening('Ce soir-là'), ...FULL_LINES, ending('fin.')] as const;
const TITLE = [
  centred('Anne Morel', 80),
  centred('Le phare', 120, 22),
  centred('Préface d’Yves Garrel', 200),
  ['traduit du breton et revu par Anne Morel et Yves', { top: 400 }] as [string, Typed],
] as const;
const texts = (...pages: Parameters<typeof page>[1][]) =>
  toParagraphs(
    pages.map((lines, index) => page(index + 1, lines)),
    { fixHyphenation: true },
  ).map(({ text }) => text);
const STORY = `Ce soir-là ${FULL_LINES.join(' ')} fin.`;

describe('withoutFrontMatter', () => {
  it('leaves out the title page and the imprint, and what follows a dedication', () => {
    const imprint = [['© Éditions du Môle, 1999. Tous droits réservés.', { top: 350, size: 8 }]] as [string, Typed][];
    const dedication = [centred('À ma sœur.', 120)];
    expect(texts([...TITLE], imprint, dedication, [centred('Le phare', 120, 22)], [...BODY])).toEqual([
      'À ma sœur.',
      STORY,
    ]);
  });

  it('loses nothing of a text that begins on the page behind', () => {
    const title = TITLE.filter(([text]) => !text.startsWith('Préface'));
    expect(
      texts(
        title,
        [...BODY].map((typed, index) => (index === 0 ? 'Ce soir-là' : typed)),
        [...BODY],
      ),
    ).toEqual([STORY, STORY]);
  });

  it('leaves a text alone that names rights in passing', () => {
    const long = Array.from({ length: 30 }, () => FULL);
    expect(texts([opening('Tous droits perdus,'), ...long, ending('fin.')], [...BODY])).toHaveLength(2);
  });
});
