import { setImmediate } from 'node:timers/promises';
import { AppError } from '@/lib/errors';
import { countWords } from '@/lib/french/words';
import { readNovel } from '@/lib/pdf/read-novel';
import { decide } from '@/lib/rewrite/needs-rewrite';
import type { ChosenSettings } from './chosen-settings';
import { estimateRun, type OpenSentence, type RunEstimate } from './estimate-run';
import { type CachedRewrites, findCached, type NovelOwner } from './find-cached';
import { type ChunkPlan, chunkOfPage } from './plan-chunks';
import type { ReadNovel } from './sentence-rows';

export interface NovelEstimate extends RunEstimate {
  read: ReadNovel;
  sentences: number;
  words: number;
  /** At or under the limit. */
  kept: number;
  /** Over it and to be rewritten. */
  long: number;
  rewrites: CachedRewrites;
}

/** Reads the novel as a job would, in a child process, and says what it holds and what a run over it will cost. */
export async function estimateNovel(
  path: string,
  plan: ChunkPlan,
  settings: ChosenSettings,
  { owner, signal }: { owner?: NovelOwner; signal?: AbortSignal | undefined } = {},
): Promise<NovelEstimate> {
  const read = await readNovel(path, {
    fixHyphenation: settings.fixHyphenation,
    ...(signal && { signal }),
  });
  if (read.sentences.length === 0) throw new AppError('PDF_NO_TEXT', 'No sentence could be read from this PDF.');
  const rewrites: CachedRewrites = owner ? await findCached(owner, settings, read.sentences) : new Map();
  return estimateRead(read, rewrites, plan, settings);
}

/** The same of a novel that has been read, of which earlier jobs have `rewrites`. */
export async function estimateRead(
  read: ReadNovel,
  rewrites: CachedRewrites,
  { chunks }: ChunkPlan,
  settings: ChosenSettings,
): Promise<NovelEstimate> {
  // A novel has just been unpacked on the thread that answers readers: first whoever waits for it, then the counting.
  await setImmediate();
  const open: OpenSentence[] = [];
  let long = 0;
  let words = 0;
  let kept = 0;
  for (const [position, { kind, text, pageStart }] of read.sentences.entries()) {
    words += countWords(text);
    const decision = decide({ kind, text }, settings);
    if (decision === 'keep') kept += 1;
    if (decision !== 'rewrite') continue;
    long += 1;
    if (!rewrites.has(position)) open.push({ position, kind, text, chunk: chunkOfPage(chunks, pageStart).index });
  }
  await setImmediate();
  const estimate = estimateRun(open, chunks.length, settings);
  const cached = long - open.length;
  return { ...estimate, read, rewrites, sentences: read.sentences.length, words, kept, long, cached };
}
