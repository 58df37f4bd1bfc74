import { describe, expect, it } from 'vitest';
import type { TextPage } from './novel-text';
import { toParagraphs } from './paragraphs';
import { ending, FULL, opening, page, spoken, type Typed } from './testing/typed-page';

const read = (pages: TextPage[], fixHyphenation = true) => toParagraphs(pages, { fixHyphenation });
const texts = (pages: TextPage[]) => read(pages).map(({ text }) => text);

describe('toParagraphs', () => {
  it('begins a paragraph at an indent and joins its lines', () => {
    const pages = [
      page(1, [opening('Ce soir-là'), FULL, ending('sur la jetée.'), opening('Le phare'), FULL, ending('seul.')]),
    ];
    expect(texts(pages)).toEqual([`Ce soir-là ${FULL} sur la jetée.`, `Le phare ${FULL} seul.`]);
  });

  it('begins one at a wider gap where nothing is indented', () => {
    const pages = [page(1, [FULL, FULL, ending('fin.'), ['Le phare était', { top: 130 }], FULL, ending('seul.')])];
    expect(texts(pages)).toEqual([`${FULL} ${FULL} fin.`, `Le phare était ${FULL} seul.`]);
  });

  it('begins one after a line that ends before its room is used where nothing is indented', () => {
    const pages = [page(1, [FULL, FULL, ending('Il dormait.'), 'Le phare était seul et', FULL, ending('éteint.')])];
    expect(texts(pages)).toEqual([`${FULL} ${FULL} Il dormait.`, `Le phare était seul et ${FULL} éteint.`]);
  });

  it('carries a paragraph over the page, and remembers where it turned', () => {
    const pages = [page(1, [opening('Ce soir-là'), FULL, 'un goé-']), page(2, ['land passa', ending('très bas.')])];
    const [paragraph] = read(pages);
    expect(paragraph).toMatchObject({ text: `Ce soir-là ${FULL} un goéland passa très bas.`, pageStart: 1 });
    const [turn] = paragraph?.pageTurns ?? [];
    expect(paragraph?.text.slice(turn?.offset)).toBe('land passa très bas.');
    expect(turn?.page).toBe(2);
  });

  it('gives each line of dialogue a paragraph of its own, by dash and by guillemets', () => {
    const paragraphs = read([
      page(1, [opening('Il cria'), FULL, ending('alors :'), spoken('—Qui va là?'), spoken('« Moi! »'), opening(FULL)]),
    ]);
    expect(paragraphs.slice(0, 3).map(({ kind, text }) => [kind, text])).toEqual([
      ['narration', `Il cria ${FULL} alors\u00a0:`],
      ['dialogue', '—\u00a0Qui va là\u202f?'],
      ['dialogue', `«\u00a0Moi\u202f!\u00a0»`],
    ]);
  });

  it('leaves out running heads and folios, on both sides of the sheet and in roman figures', () => {
    const body: Parameters<typeof page>[1] = [['Ce jour-là', { indent: 12, top: 72 }], FULL, FULL, ending('fin.')];
    const head = (text: string): [string, Typed] => [text, { top: 30, size: 8, indent: 60, short: 60 }];
    const foot = (text: string): [string, Typed] => [text, { top: 400, size: 8, indent: 95, short: 95 }];
    const pages = [1, 2, 3, 4, 5, 6].map((number) =>
      page(number, [
        head(number % 2 ? 'Le phare' : `${number} ANNE MOREL`),

        ...body,
        foot(`— ${number} —`),
      ]),
    );
    for (const text of texts(pages)) expect(text).toBe(`Ce jour-là ${FULL} ${FULL} fin.`);
    const roman = ['ii', 'iii', 'iv', 'v'].map((figure, index) => page(index + 2, [...body, foot(figure)]));
    for (const text of texts(roman)) expect(text).toBe(`Ce jour-là ${FULL} ${FULL} fin.`);
  });

  it('keeps a line that only happens to stand first on several pages', () => {
    const pages = [1, 2, 3, 4].map((number) =>
      page(number, [spoken('— Oui.'), opening('Ce jour-là'), FULL, ending('fin.')]),
    );
    expect(texts(pages).filter((text) => text.endsWith('Oui.'))).toHaveLength(4);
  });

  it('finds headings by their size and by their place', () => {
    const centred: Typed = { indent: 70, short: 70 };
    const pages = [
      page(1, [
        ['II', { ...centred, size: 14 }],
        [FULL, { top: 110, indent: 12 }],
        ...[FULL, FULL, FULL, ending('fin.')],
        ['CHAPITRE TROISIÈME', { ...centred, top: 200 }],
        [FULL, { top: 230, indent: 12 }],
        ending('fin.'),
      ]),
    ];
    expect(read(pages).map(({ kind }) => kind)).toEqual(['heading', 'narration', 'heading', 'narration']);
  });

  it('leaves the title page out, but not a part’s beginning', () => {
    const title = page(1, [
      ['Le phare', { size: 22 }],
      ['Anne Morel', { top: 120, indent: 60, short: 60 }],
    ]);
    const part = page(2, [['Première partie', { size: 16 }]]);
    const body = page(3, [opening('Ce soir-là'), FULL, FULL, ending('fin.')]);
    expect(texts([title, part, body])).toEqual(['Première partie', `Ce soir-là ${FULL} ${FULL} fin.`]);
  });

  it('lets a note stand behind the paragraph that its page ends with', () => {
    const note: [string, Typed] = ['1. Un grand oiseau de mer.', { size: 8, top: 300 }];
    const pages = [
      page(1, [opening('Ce soir-là'), `${FULL}1`, FULL, note]),
      page(2, [FULL, ending('fin.'), opening('Puis'), FULL]),
    ];
    expect(read(pages).map(({ kind, text }) => [kind, text])).toEqual([
      ['narration', `Ce soir-là ${FULL} ${FULL} ${FULL} fin.`],
      ['note', 'Un grand oiseau de mer.'],
      ['narration', `Puis ${FULL}`],
    ]);
  });

  it('breaks at a row of stars, which is no text', () => {
    const stars: [string, Typed] = ['* * *', { indent: 90, short: 90 }];
    const pages = [page(1, [opening('Ce soir-là'), FULL, ending('fin.'), stars, 'Au matin', FULL, ending('seul.')])];
    expect(texts(pages)).toEqual([`Ce soir-là ${FULL} fin.`, `Au matin ${FULL} seul.`]);
    const overThePage = [
      page(1, [opening('Ce soir-là'), FULL, FULL, stars]),
      page(2, ['au matin', FULL, ending('seul.')]),
    ];
    expect(texts(overThePage)).toEqual([`Ce soir-là ${FULL} ${FULL}`, `au matin ${FULL} seul.`]);
  });

  it('calls deeply indented lines that end early and begin with a capital verse', () => {
    const verse = (text: string): [string, Typed] => [text, { indent: 60, short: 80 }];
    const pages = [
      page(1, [
        opening('Il chantait'),
        FULL,
        ending('ceci :'),
        verse('La lune danse,'),
        verse('Le vent la suit.'),
        opening(FULL),
      ]),
    ];
    expect(read(pages).slice(1, 3)).toMatchObject([
      { kind: 'verse', text: 'La lune danse,' },
      { kind: 'verse', text: 'Le vent la suit.' },
    ]);
  });

  it('passes over pages in another language, unless the whole novel is', () => {
    const foreign = page(2, ['The keeper was alone that night'], 'foreign');
    expect(texts([page(1, [FULL]), foreign, page(3, [ending('fin.')], 'text'), page(4, ['xx'], 'garbled')])).toEqual([
      `${FULL} fin.`,
    ]);
    expect(texts([foreign])).toEqual(['The keeper was alone that night']);
    expect(texts([])).toEqual([]);
  });
});
