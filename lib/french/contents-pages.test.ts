import { describe, expect, it } from 'vitest';
import { withoutContents } from './contents-pages';
import type { TextLine } from './novel-text';
import type { Leaf } from './page-leaves';

const line = (text: string, bottom: number, left = 50): TextLine => {
  return { text, left, right: left + 200, top: bottom - 10, bottom, fontSize: 10 };
};
const leafOf = (...texts: string[]): Leaf => {
  return { page: 1, column: 0, lines: texts.map((text, index) => line(text, 100 + 12 * index)) };
};
const left = (...leaves: Leaf[]) => withoutContents(leaves).map(({ lines }) => lines.map(({ text }) => text));

const TEXT = leafOf('La mer montait encore et le gardien', 'ne dormait pas.');

describe('withoutContents', () => {
  it('leaves out what stands under its title, and what goes on over the page', () => {
    const first = leafOf('TABLE DES MATIÈRES', 'Première partie', 'Le phare 9', 'La tempête 31');
    const second = leafOf('Deuxième partie', 'Le retour 54', 'La lampe 80');
    expect(left(TEXT, first, second, TEXT)).toEqual([left(TEXT)[0], [], [], left(TEXT)[0]]);
  });

  it('knows it without a title by the dots that lead to the pages', () => {
    expect(left(leafOf('Le phare ..... 9', 'La tempête . . . . 31', 'Le retour ……… 54'), TEXT)[0]).toEqual([]);
  });

  it('takes the page of an entry from its row', () => {
    const entry = (top: number, number: string) => [
      line('Où le gardien', top),
      line('dort', top + 12),
      line(number, top + 12, 300),
    ];
    const rows = [line('Sommaire', 90), ...entry(110, '9'), ...entry(140, '20')];
    expect(left({ page: 1, column: 0, lines: rows }, TEXT)[0]).toEqual([]);
  });

  it('keeps the text before it, a text that has dots, and one that is called so', () => {
    expect(left(leafOf('La mer se tut.', 'Table', 'Le phare 9', 'La mer 20'), TEXT)[0]).toEqual(['La mer se tut.']);
    const dots = leafOf('Il attendait.....', 'Puis rien', 'Elle revint en 1880');
    expect(left(dots)).toEqual([dots.lines.map(({ text }) => text)]);
    const named = leafOf('Sommaire', 'La mer montait encore et le gardien', 'ne dormait pas.');
    expect(left(named)[0]).toHaveLength(3);
  });

  it('keeps all where there is nothing else', () => {
    expect(left(leafOf('Sommaire', 'Le phare 9'))[0]).toHaveLength(2);
  });
});
