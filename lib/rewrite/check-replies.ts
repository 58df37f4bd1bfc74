import { checkRewrite } from './check-reply';
import type { LongSentence, RewriteSettings, SentenceFlag } from './engine';

export interface Reply {
  original: LongSentence;
  rewrites: string[];
  /** The author's sentences around it. */
  neighbours?: string[];
}

/** `checkRewrite` for many replies, in a child process; the answers stand in the order of the replies. */
export async function checkReplies(
  replies: Reply[],
  settings: RewriteSettings,
  _options: { signal?: AbortSignal } = {},
): Promise<SentenceFlag[][]> {
  return replies.map(({ original, rewrites, neighbours }) => checkRewrite(original, rewrites, settings, neighbours));
}
