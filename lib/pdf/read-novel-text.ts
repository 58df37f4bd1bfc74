import type { PageKind, Paragraph } from '@/lib/french/novel-text';
import { toParagraphs } from '@/lib/french/paragraphs';
import { readPages } from './read-pages';
import { requireReadableText } from './require-readable-text';

export interface PageSummary {
  /** 1-based. */
  number: number;
  kind: PageKind;
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
  return { pages: pages.map(({ number, kind }) => ({ number, kind })), paragraphs: toParagraphs(pages, options) };
}
