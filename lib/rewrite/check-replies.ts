import type { RewriteSettings, SentenceFlag } from './engine';
import { askInBatch } from './offline/ask-in-batch';
import { askGrammar } from './offline/grammar-processes';
import type { Reply } from './offline/worker';

export type { Reply };

/** A reply that brings the process down, or does not let it end. */
export type Checked = SentenceFlag[] | 'unchecked';

/** `checkRewrite` for many replies, in a child process; the answers stand in the order of the replies. */
export const checkReplies = (replies: Reply[], settings: RewriteSettings): Promise<Checked[]> =>
  askInBatch<Reply, Checked>(
    replies,
    (some, timeoutMs) => askGrammar({ verb: 'check', replies: some, settings }, { timeoutMs }),
    () => 'unchecked',
  );
