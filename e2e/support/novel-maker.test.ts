import { PDFiumLibrary } from '@hyzyla/pdfium';
import { describe, expect, it } from 'vitest';
import { makeNovel, sentinelSentence } from './novel-maker';

/** Letters only: what line breaks, hyphens and spaces cannot change. */
const lettersOf = (text: string) => text.replace(/[^\p{L}\p{N}]+/gu, '');

async function readPages(pdf: Uint8Array): Promise<string[]> {
  const library = await PDFiumLibrary.init();
  const document = await library.loadDocument(pdf);
  const pages = [...document.pages()].map((page) => page.getText());
  document.destroy();
  library.destroy();
  return pages;
}

const wordsOf = (sentence: string) => sentence.split(/\s+/u).filter((part) => /[\p{L}\p{N}]/u.test(part)).length;

describe('makeNovel', () => {
  it.each([1, 2, 7, 20])('fills exactly %i pages', async (pages) => {
    const { pdf } = await makeNovel({ seed: pages, pages });
    expect(await readPages(pdf)).toHaveLength(pages);
  });

  it('prints its sentences in order, and nothing else but heads and folios', async () => {
    const { pdf, sentences, headings, title } = await makeNovel({ seed: 3, pages: 12 });
    const heads = [title, ...headings].map(lettersOf).join('|');
    const pages = (await readPages(pdf)).map(lettersOf);
    const bodies = pages.map((page, index) => page.replace(new RegExp(`^(?:${heads})|${index + 1}$`, 'gu'), ''));
    const printed = bodies.join('');
    const told = sentences
      .filter((sentence) => !headings.includes(sentence))
      .map(lettersOf)
      .join('');
    const end = [...told].findIndex((letter, index) => letter !== printed[index]);
    expect(printed.slice(end, end + 60)).toBe(end < 0 ? '' : told.slice(end, end + 60));
    expect(printed).toHaveLength(told.length);
  });

  it('cuts words at line ends and lets sentences run over the page', async () => {
    const { pdf } = await makeNovel({ seed: 5, pages: 12 });
    const pages = await readPages(pdf);
    expect(pages.join('').match(/\ufffe/gu)?.length).toBeGreaterThan(12);
  });

  it('reads like a novel: a third of short sentences, eighteen words on average, none told twice', async () => {
    const { sentences } = await makeNovel({ seed: 1, pages: 60 });
    const lengths = sentences.map(wordsOf);
    const mean = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
    expect(mean).toBeGreaterThan(16);
    expect(mean).toBeLessThan(20);
    expect(lengths.filter((length) => length <= 8).length / lengths.length).toBeCloseTo(0.3, 1);
    expect(new Set(sentences).size).toBe(sentences.length);
  });

  it('elides, contracts and sets its marks as French does', async () => {
    const { sentences } = await makeNovel({ seed: 9, pages: 30 });
    const text = sentences.join('\n');
    const before = '(?<=^|[\\s«’])';
    const unelided = new RegExp(`${before}(?:(?:[dl]e|la|que|ne|se|je|lorsque) [aeéèêiouœ]|si ils? )\\S*`, 'gimu');
    const uncontracted = new RegExp(`${before}(?:de|à) les? (?=\\S+[,.])`, 'gimu');
    expect([...(text.match(unelided) ?? []), ...(text.match(uncontracted) ?? [])]).toEqual([]);
    expect(text).not.toMatch(/[^\u00a0\u202f][;:!?»]|«[^\u00a0]| {2}/u);
  });

  it('gives the same options the same bytes', async () => {
    const [one, same, other] = await Promise.all([
      makeNovel({ seed: 4, pages: 3 }),
      makeNovel({ seed: 4, pages: 3 }),
      makeNovel({ seed: 5, pages: 3 }),
    ]);
    expect(one.pdf).toEqual(same.pdf);
    expect(one.sentences).not.toEqual(other.sentences);
  });

  it('plants sentinels on the pages asked for, as often as asked', async () => {
    const sentence = sentinelSentence('Sentinelle429');
    const sentinels = [{ sentence, page: 4 }, { sentence, page: 9 }, { sentence: sentinelSentence('Sentinelle500') }];
    const novel = await makeNovel({ seed: 2, pages: 9, sentinels });
    const planted = novel.sentences.flatMap((text, index) => (text === sentence ? [novel.sentencePages[index]] : []));
    expect(planted).toEqual([4, 9]);
    expect((await readPages(novel.pdf))[3]).toContain('Sentinelle429');
    expect(novel.sentences.filter((text) => text.includes('Sentinelle500'))).toHaveLength(1);
  });
});
