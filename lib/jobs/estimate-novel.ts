import { setImmediate } from 'node:timers/promises';
import { AppError } from '@/lib/errors';
import { readNovel } from '@/lib/pdf/read-novel';
import { takeTurns } from '@/lib/take-turns';
import type { ChosenSettings } from './chosen-settings';
import { estimateRun, type RunEstimate } from './estimate-run';
import { type CachedRewrites, findCached, type NovelOwner } from './find-cached';
import type { ChunkPlan } from './plan-chunks';
import { countRows, type NewSentence, openRows, type ReadNovel, toRows } from './sentence-rows';

export interface NovelEstimate extends RunEstimate {
  read: ReadNovel;
  rows: NewSentence[];
  /** At or under the limit. */
  kept: number;
  /** Over it and to be rewritten. */
  long: number;
}

/** As many as there are processes that read: what jobs want read waits behind no more than these. Readers take turns. */
const inTurn = takeTurns({
  atOnce: 2,
  mostWaiting: 200,
  mostOfOne: 100,
  tooMany: () => new AppError('RATE_LIMITED', 'Many novels are to be read already.', { retryAfterMs: 10_000 }),
});

/** Reads the novel as a job would, in a child process, and says what it holds and what a run over it will cost. */
export async function estimateNovel(
  path: string,
  plan: ChunkPlan,
  settings: ChosenSettings,
  { owner, signal }: { owner?: NovelOwner; signal?: AbortSignal | undefined } = {},
): Promise<NovelEstimate> {
  const options = { fixHyphenation: settings.fixHyphenation, ...(signal && { signal }) };
  const read = await inTurn(() => readNovel(path, options), {
    ...(owner && { who: owner.userId }),
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
  // A novel has just been unpacked on the thread that answers readers: first whoever waits for it.
  await setImmediate();
  const rows = toRows(read, chunks, settings, rewrites);
  const open = openRows(rows);
  const { sentencesKept: kept, sentencesCached: cached } = countRows(read, rows);
  await setImmediate();
  const estimate = estimateRun(open, chunks.length, settings);
  return { ...estimate, read, rows, kept, long: open.length + cached, cached };
}
