import { AppError } from '@/lib/errors';
import type { Rewrite, RewriteEngine } from '@/lib/rewrite/engine';
import { askGrammar } from './grammar-processes';
import { rewriteBatch } from './rewrite-batch';

const NO_USAGE = { calls: 0, tokens: 0 };

/** Rewrites by the rules of French grammar: free, private, deterministic, without network. */
export const createOfflineEngine = (): RewriteEngine => ({
  name: 'offline',
  async rewrite({ sentences, settings }, { signal, onSettled }) {
    if (signal.aborted) throw new AppError('CANCELLED');
    if (sentences.length === 0) return;
    const rewrites = await rewriteBatch(sentences, (batch, timeoutMs) =>
      askGrammar<Rewrite[]>({ verb: 'rewrite', sentences: batch, settings }, { timeoutMs, signal }),
    ).catch((cause: unknown) => {
      throw signal.aborted ? new AppError('CANCELLED', undefined, { cause }) : cause;
    });
    await onSettled(rewrites, NO_USAGE);
  },
});
