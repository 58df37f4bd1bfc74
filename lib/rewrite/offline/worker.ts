import { checkRewrite } from '@/lib/rewrite/check-reply';
import type { LongSentence, Rewrite, RewriteSettings, SentenceFlag } from '@/lib/rewrite/engine';
import { rewriteOffline } from './rewrite-offline';

export interface Reply {
  original: LongSentence;
  rewrites: string[];
  /** The author's sentences around it. */
  neighbours?: string[];
}

export type GrammarWork =
  | { verb: 'rewrite'; sentences: LongSentence[]; settings: RewriteSettings }
  | { verb: 'check'; replies: Reply[]; settings: RewriteSettings }
  | { verb: 'load' };

const ANY_SENTENCE: LongSentence = { position: 0, kind: 'narration', text: 'Elle ouvrit la porte et regarda la mer.' };

/** Entry of the child processes that hold the lexicons. */
export function run(work: GrammarWork): Rewrite[] | SentenceFlag[][] {
  // Any sentence loads the lexicons; this one is over the limit, so that all of the grammar runs.
  if (work.verb === 'load') return [rewriteOffline(ANY_SENTENCE, { maxWords: 3, minWords: 2 })];
  const { settings } = work;
  if (work.verb === 'rewrite') return work.sentences.map((sentence) => rewriteOffline(sentence, settings));
  return work.replies.map(({ original, rewrites, neighbours }) =>
    checkRewrite(original, rewrites, settings, neighbours),
  );
}
