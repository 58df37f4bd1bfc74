import { readFile } from 'node:fs/promises';
import { readNovelText } from '@/lib/pdf/read-novel-text';

export interface NovelRead {
  text: string;
  pages: number;
  ms: number;
  peakMb: number;
}

/** What read-novels.ts runs in a child process. */
export async function run(file: string): Promise<NovelRead> {
  const bytes = await readFile(file);
  const start = performance.now();
  const { pages, paragraphs } = await readNovelText(bytes, { fixHyphenation: true });
  const ms = performance.now() - start;
  const text = paragraphs.flatMap((paragraph) => (paragraph.kind === 'note' ? [] : paragraph.text)).join('\n\n');
  return { text, pages: pages.length, ms, peakMb: Math.round(process.resourceUsage().maxRSS / 1024) };
}
