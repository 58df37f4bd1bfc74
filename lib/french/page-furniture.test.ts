import { describe, expect, it } from 'vitest';
import type { TextLine } from './novel-text';
import { withoutFurniture } from './page-furniture';
import type { Leaf } from './page-leaves';

const line = (text: string, bottom: number, fontSize = 11): TextLine => ({
  text,
  left: 50,
  right: 300,
  top: bottom - fontSize,
  bottom,
  fontSize,
});
const body = (from: number) => [0, 1, 2, 3].map((row) => line(`Une ligne du texte de la page ${row}`, from + row * 14));
const leafOf = (page: number, lines: TextLine[]): Leaf => ({ page, column: 0, lines });
const read = (leaves: Leaf[]) => withoutFurniture(leaves).map((leaf) => leaf.lines.map(({ text }) => text));
const textOf = (lines: TextLine[]) => lines.map(({ text }) => text);

describe('withoutFurniture', () => {
  it('takes small heads and bare folios from a novel of two pages, where nothing repeats', () => {
    const pages = [1, 2].map((page) =>
      leafOf(page, [line(page === 1 ? 'Le Titre' : 'Un chapitre', 40, 9.5), ...body(80), line(`${page}`, 550)]),
    );
    expect(read(pages)).toEqual([textOf(body(80)), textOf(body(80))]);
  });

  it('takes a title with its folio beside it from a single page', () => {
    const head = [line('3', 40), { ...line('LE PHARE', 40), left: 150 }];
    expect(read([leafOf(3, [...head, ...body(80)])])).toEqual([textOf(body(80))]);
  });

  it('leaves a heading in large type, a small last line and a sentence at the top where they are', () => {
    const heading = leafOf(1, [line('1', 40, 16), ...body(80)]);
    const note = leafOf(2, [...body(80), line('Une petite ligne en bas', 300, 9)]);
    const sentence = leafOf(3, [line('Il pleuvait.', 40, 9.5), ...body(80)]);
    expect(read([heading, note, sentence])).toEqual([heading, note, sentence].map((leaf) => textOf(leaf.lines)));
  });

  it('needs repetition in a longer novel', () => {
    const pages = Array.from({ length: 8 }, (_, i) =>
      leafOf(i + 1, [line(`Mot ${'a'.repeat(i)}`, 40 + i * 5, 9.5), ...body(120)]),
    );
    expect(read(pages).flat()).toHaveLength(8 * 5);
  });

  it('leaves the number of a chapter where it is, though each part has one at the same place', () => {
    const ordinary = [1, 2, 3, 5, 6, 8, 9, 11].map((page) => leafOf(page, [line('ANNE MOREL', 40, 9), ...body(80)]));
    const chapters = [4, 7, 10].map((page) => leafOf(page, [line('I', 130), ...body(180)]));
    const read = withoutFurniture([...ordinary, ...chapters].sort((a, b) => a.page - b.page));
    expect(read.map(({ lines }) => lines.length)).toEqual([4, 4, 4, 5, 4, 4, 5, 4, 4, 5, 4]);
  });
});
