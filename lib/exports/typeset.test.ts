import { describe, expect, it } from 'vitest';
import { readPlacedText } from '@/e2e/support/read-pdf';
import { BODY, HEADING, openBook } from './typeset';

const SENTENCE = 'La nuit était tombée depuis longtemps lorsque le passeur regagna enfin sa maison. ';
const open = () => openBook({ title: 'Essai', texts: [SENTENCE, '0123456789'], date: new Date(0) });

async function placedOn(pdf: Uint8Array) {
  const pages = await readPlacedText(pdf);
  return pages.map((runs) => runs.filter(({ text }) => text.trim() !== ''));
}

describe('openBook', () => {
  it('keeps every line on the paper: text between head and folio, both margins respected', async () => {
    const book = await open();
    for (let length = 1; length <= 30; length += 1) book.place(book.lines(SENTENCE.repeat(length % 9), BODY), BODY);
    const pages = await placedOn(await book.save());
    expect(pages.length).toBeGreaterThan(3);
    for (const [index, page] of pages.entries()) {
      const [head, ...rest] = page;
      const folio = rest.pop();
      expect(head?.text).toBe('Essai');
      expect(folio).toMatchObject({ text: `${index + 1}`, baseline: 36 });
      expect(Math.min(...rest.map(({ baseline }) => baseline))).toBeGreaterThan(62);
      expect(Math.max(...rest.map(({ baseline }) => baseline))).toBeLessThan(head?.baseline ?? 0);
      expect(Math.min(...page.map(({ left }) => left))).toBeGreaterThan(45);
      expect(Math.max(...page.map(({ right }) => right))).toBeLessThan(375);
    }
  });

  it('leaves no line of a paragraph alone at the foot or the head of a page', async () => {
    const book = await open();
    for (let index = 0; index < 80; index += 1) {
      const pages = book.place(book.lines(SENTENCE.repeat(3 + (index % 4)), BODY), BODY);
      expect(pages.length).toBeGreaterThan(3);
      for (const page of new Set(pages)) expect(pages.filter((each) => each === page).length).toBeGreaterThan(1);
    }
  });

  it('spreads lines to the same right edge and sets headings in the middle', async () => {
    const book = await open();
    book.place(book.lines('Chapitre', HEADING), HEADING);
    book.place(book.lines(SENTENCE.repeat(6), BODY), BODY);
    const [page = []] = await placedOn(await book.save());
    const lines = Map.groupBy(page, ({ baseline }) => baseline);
    const edges = [...lines.values()].map((runs) => Math.max(...runs.map(({ right }) => right)));
    const [heading] = page.filter(({ text }) => text === 'Chapitre');
    expect((heading?.left ?? 0) + (heading?.right ?? 0)).toBeCloseTo(2 * (56 + (419.53 - 56 - 46) / 2), 0);
    for (const edge of edges.slice(2, -2)) expect(edge).toBeCloseTo(419.53 - 46, 0);
  });
});
