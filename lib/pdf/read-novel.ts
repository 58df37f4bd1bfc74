import type { NovelText, ReadOptions } from './read-novel-text';
import { runPdfTask } from './run-pdf-task';

const LIMITS = { timeoutMs: 60_000, maxMemoryMb: 512 };

/** Reads a whole novel in a child process; throws what inspectPdf throws. */
export function readNovel(path: string, options: ReadOptions & { signal?: AbortSignal }): Promise<NovelText> {
  const { fixHyphenation, signal } = options;
  return runPdfTask({ kind: 'read', path, fixHyphenation }, { ...LIMITS, signal });
}
