import type { PageKind, Paragraph, TextPage } from '@/lib/french/novel-text';
import { toParagraphs } from '@/lib/french/paragraphs';
import { countWords } from '@/lib/french/words';
import { readPages } from './read-pages';
import { requireReadableText } from './require-readable-text';

export interface PageSummary {
  /** 1-based. */
  number: number;
  kind: PageKind;
  words: number;
}

export interface NovelText {
  pages: PageSummary[];
  paragraphs: Paragraph[];
}

export interface ReadOptions {
  fixHyphenation: boolean;
}

/** The author's paragraphs of a PDF and what each of its pages is. In this process: see readNovel for the safe way. */
export async function readNovelText(bytes: Uint8Array, options: ReadOptions): Promise<NovelText> {
  const pages = await readPages(bytes);
  requireReadableText(pages);
  const summaries = pages.map((page) => ({ number: page.number, kind: page.kind, words: countPageWords(page) }));
  return { pages: summaries, paragraphs: toParagraphs(pages, options) };
}

const countPageWords = (page: TextPage) => page.lines.reduce((sum, line) => sum + countWords(line.text), 0);
