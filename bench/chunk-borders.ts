import { makeNovel } from '@/e2e/support/novel-maker';
import { splitSentences } from '@/lib/french/split-sentences';
import { planChunks } from '@/lib/jobs/plan-chunks';
import { readNovelText } from '@/lib/pdf/read-novel-text';
import type { Measurement } from './measurement';

const PAGE_COUNTS = [...Array.from({ length: 120 }, (_, i) => i + 1), 300, 500];

/** French spaces of any width are one space here; everything else must be equal. */
const plain = (text: string) => text.replace(/\s+/gu, ' ').trim();

/** Novels of every small size and two large ones, read back and cut into chunks: is each sentence there once, in order? */
export async function run(): Promise<Measurement[]> {
  let sentences = 0;
  let wrong = 0;
  let misplaced = 0;
  for (const pages of PAGE_COUNTS) {
    const novel = await makeNovel({ seed: 7000 + pages, pages });
    const read = splitSentences((await readNovelText(novel.pdf, { fixHyphenation: true })).paragraphs);
    const { chunks } = planChunks(pages);
    const placed = chunks.flatMap(({ pageStart, pageEnd }) =>
      read.filter((sentence) => pageStart <= sentence.pageStart && sentence.pageStart <= pageEnd),
    );
    sentences += novel.sentences.length;
    wrong += lostOrDoubled(
      novel.sentences,
      placed.map(({ text }) => text),
    );
    misplaced += placed.filter(({ pageStart }, i) => pageStart !== novel.sentencePages[i]).length;
  }
  return [
    { what: 'page counts', value: PAGE_COUNTS.length, unit: '' },
    { what: 'sentences', value: sentences, unit: '' },
    { what: 'sentences lost, doubled or changed', value: wrong, unit: '', goal: { atMost: 0 } },
    { what: 'sentences on another page than printed', value: misplaced, unit: '', goal: { atMost: 0 } },
  ];
}

/** How many of either side have no partner on the other, repetitions counted. */
function lostOrDoubled(truth: string[], got: string[]): number {
  const balance = new Map<string, number>();
  for (const text of truth) balance.set(plain(text), (balance.get(plain(text)) ?? 0) + 1);
  for (const text of got) balance.set(plain(text), (balance.get(plain(text)) ?? 0) - 1);
  return [...balance.values()].reduce((sum, n) => sum + Math.abs(n), 0);
}
