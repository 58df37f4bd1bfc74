import { countWords } from '@/lib/french/words';
import type { LongSentence } from '@/lib/rewrite/engine';

/**
 * Short sentences and their JSON take about three tokens for each of the author's words; this leaves more than half
 * of the 65,536 tokens of an answer free, and a chunk of 15 pages is one call.
 */
export const BATCH_WORDS = 8_000;

/**
 * Cuts the sentences, in order, into as few batches of about equal size as hold at most `batchWords` words each.
 * A sentence longer than that is a batch of its own.
 */
export function planBatches(sentences: LongSentence[], batchWords: number): LongSentence[][] {
  const lengths = sentences.map(({ text }) => countWords(text));
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const target = total / Math.max(1, Math.ceil(total / batchWords));
  const batches: LongSentence[][] = [];
  let open: LongSentence[] = [];
  let filled = 0;
  for (const [index, sentence] of sentences.entries()) {
    const length = lengths[index] ?? 0;
    if (open.length > 0 && (filled >= target || filled + length > batchWords)) {
      batches.push(open);
      open = [];
      filled = 0;
    }
    open.push(sentence);
    filled += length;
  }
  return open.length > 0 ? [...batches, open] : batches;
}
