import type { RewriteSettings, SentenceFlag } from './engine';
import { askGrammar } from './offline/grammar-processes';
import type { Reply } from './offline/worker';

export type { Reply };

const TIMEOUT_MS = 60_000;

/** `checkRewrite` for many replies, in a child process; the answers stand in the order of the replies. */
export const checkReplies = (
  replies: Reply[],
  settings: RewriteSettings,
  options: { signal?: AbortSignal } = {},
): Promise<SentenceFlag[][]> => askGrammar({ verb: 'check', replies, settings }, { timeoutMs: TIMEOUT_MS, ...options });
