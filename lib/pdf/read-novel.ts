import type { ReadOptions } from './read-novel-text';
import type { ReadNovel } from './read-worker';
import { runPdfTask } from './run-pdf-task';

const LIMITS = { timeoutMs: 60_000, maxMemoryMb: 512 };

/** Reads a whole novel and splits it into sentences, in a child process; throws what inspectPdf throws. */
export function readNovel(path: string, options: ReadOptions & { signal?: AbortSignal }): Promise<ReadNovel> {
  const { fixHyphenation, signal } = options;
  return runPdfTask({ kind: 'read', path, fixHyphenation }, { ...LIMITS, signal });
}
