import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Paragraph } from './novel-text';
import { TEXT_KINDS } from './novel-text';
import { splitSentences } from './split-sentences';

const paragraph = (text: string, more: Partial<Paragraph> = {}): Paragraph => ({
  kind: 'narration',
  text,
  pageStart: 1,
  pageTurns: [],
  ...more,
});
const split = (text: string) => splitSentences([paragraph(text)]).map((sentence) => sentence.text);

describe('splitSentences', () => {
  it.each([
    ['a plain full stop', ['Le vent tomba.', 'La mer se tut.']],
    ['titles', ['M. Lormeau salua Mrs. Vidal et le Dr. Pons.', 'Mlle. Armand sourit.']],
    ['initials of a name', ['Le carnet de J. P. Garrel était vide.', 'On le jeta.']],
    ['an initial that closes', ['Elle aimait le comte de V.', 'Il ne le sut jamais.']],
    ['et cetera in a running sentence', ['Des clous, des vis, etc. traînaient là.', 'Il soupira.']],
    ['page and chapter numbers', ['Voyez p. 12 et chap. III, n° 4.', 'Tout y est.']],
    ['an era', ['Ces murs datent de 52 av. J.-C. et tiennent encore.', 'Qui le croirait ?']],
    ['a decimal number', ['Il mesurait 1.80 mètre.', 'Elle, moins.']],
    ['a year that closes', ['Il revint en 1884.', 'Rien n’avait changé.']],
    ['a numbering', ['2. Le second point fut bref.', 'On applaudit.']],
    ['an ellipsis before lower case', ['Je crois… enfin, peut-être.', 'Non... jamais !']],
    ['an ellipsis before a capital', ['Il hésita…', 'Puis il partit.']],
    ['a mark inside a running sentence', ['« Ah ! dit-il, vous voilà ! »', 'Il riait.']],
    ['an incise after the quotation', ['« Vous partez ? » demanda Lise.', 'Il fit oui.']],
    ['guillemets that close after the mark', ['Elle cria : « Reviens ! »', 'Personne ne vint.']],
    ['an incise after a dash', ['— Viens ! — dit-elle.', '— Non.']],
    ['sentences in brackets', ['Il vint (tard ! Et mouillé !) nous voir.', 'On rit.']],
    [
      'a noun that is an abbreviation too',
      ['Il les soupçonnait du vol.', 'L’enquête passa le col.', 'La neige tombait.'],
    ],
    ['an abbreviation that is a noun too', ['Voyez vol. 2 et art. IV, col. 3.', 'Tout y est.']],
    ['units before their figures', ['À 10 h. 30 elle paya 3 fr. 50.', 'On sortit.']],
    ['an omission', ['Il se tut.', '[…] Le soir tomba.']],
    ['marks in a row', ['Quoi ?!', 'Vous !... vous ici ?', 'Oui.']],
  ])('minds %s', (_, sentences) => {
    expect(split(sentences.join(' '))).toEqual(sentences);
  });

  it('takes the no-break spaces of French typography', () => {
    expect(split('Vraiment\u202f? «\u00a0Oui\u202f!\u00a0» Elle rit.')).toEqual([
      'Vraiment\u202f?',
      '«\u00a0Oui\u202f!\u00a0»',
      'Elle rit.',
    ]);
  });

  it('leaves headings, verse and notes whole', () => {
    for (const kind of ['heading', 'verse', 'note'] as const)
      expect(splitSentences([paragraph('Un. Deux. Trois.', { kind })])).toHaveLength(1);
  });

  it('knows on which page a sentence begins and ends', () => {
    const text = 'Il entra. Elle le vit sans bouger. Il sortit.';
    const pageTurns = [
      { offset: text.indexOf('vit'), page: 8 },
      { offset: text.indexOf('Il sortit'), page: 9 },
    ];
    const pages = splitSentences([paragraph(text, { pageStart: 7, pageTurns })]).map((s) => [s.pageStart, s.pageEnd]);
    expect(pages).toEqual([
      [7, 7],
      [7, 8],
      [9, 9],
    ]);
  });

  it('loses, doubles and moves no character of any text', () => {
    const piece = fc.constantFrom(
      'M.',
      'Lise',
      'etc.',
      ' ',
      '\u202f',
      '«',
      '»',
      '!',
      '?',
      '…',
      '...',
      '.',
      '—',
      '(',
      ')',
      'va',
      'Il',
      '12',
      '"',
      '’',
      ', ',
    );
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join('')),
    );
    const paragraphs = fc.array(
      fc.record({
        text,
        kind: fc.constantFrom(...TEXT_KINDS),
        pageStart: fc.nat(),
        pageTurns: fc.constant<Paragraph['pageTurns']>([]),
      }),
    );
    const solid = (texts: { text: string }[]) =>
      texts
        .map((one) => one.text)
        .join('')
        .replace(/\s/gu, '');
    fc.assert(
      fc.property(paragraphs, (novel) => {
        const sentences = splitSentences(novel);
        expect(solid(sentences)).toBe(solid(novel));
        expect(sentences.every((one, i) => one.paragraph >= (sentences[i - 1]?.paragraph ?? 0))).toBe(true);
      }),
    );
  });

  it('stays fast on a paragraph of a million marks', () => {
    const started = performance.now();
    splitSentences([paragraph('Va ! ('.repeat(50_000) + 'Va ! '.repeat(50_000))]);
    expect(performance.now() - started).toBeLessThan(1500);
  });
});
