import type { LongSentence, Rewrite, RewriteSettings } from '@/lib/rewrite/engine';

/** Loads the lexicons: call it off the main thread, by `createOfflineEngine`. */
export function rewriteOffline(sentence: LongSentence, _settings: RewriteSettings): Rewrite {
  return {
    position: sentence.position,
    status: 'kept',
    rewrites: [sentence.text],
    method: 'kept',
    flags: ['over_limit'],
  };
}
