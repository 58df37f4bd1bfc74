import { readFile } from 'node:fs/promises';
import { AppError } from '@/lib/errors';
import type { Sentence } from '@/lib/french/novel-text';
import { splitSentences } from '@/lib/french/split-sentences';
import { inspectBytes } from './inspect-bytes';
import { loadPdfium } from './pdfium';
import { pausePractice, practise, practiseSoon } from './practise-reading';
import { type PageSummary, type ReadOptions, readNovelText } from './read-novel-text';

/** What a child process is asked to do with a PDF; the file is read there, so that it never passes through the parent. */
export type PdfTask =
  | { kind: 'inspect'; path: string; maxPages: number }
  | ({ kind: 'read'; path: string } & ReadOptions)
  | { kind: 'practise' };

export interface ReadNovel {
  pages: PageSummary[];
  sentences: Sentence[];
}

// Compiled before the first task comes.
await loadPdfium();

export async function run(task: PdfTask) {
  if (task.kind === 'practise') return void practise();
  if (task.kind === 'inspect') return inspectBytes(await readStored(task.path), task);
  await pausePractice();
  try {
    return await readNovel(await readStored(task.path), task);
  } finally {
    practiseSoon();
  }
}

async function readStored(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    throw new AppError('FILE_EXPIRED', 'The uploaded file is no longer kept.', { cause: error });
  }
}

async function readNovel(bytes: Uint8Array, options: ReadOptions): Promise<ReadNovel> {
  const { pages, paragraphs } = await readNovelText(bytes, options);
  return { pages, sentences: splitSentences(paragraphs) };
}
