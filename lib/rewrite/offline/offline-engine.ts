import { AppError } from '@/lib/errors';
import type { LongSentence, Rewrite, RewriteEngine } from '@/lib/rewrite/engine';
import { askInBatch } from './ask-in-batch';
import { askGrammar } from './grammar-processes';

const NO_USAGE = { calls: 0, tokens: 0 };

const keep = ({ position, text }: LongSentence): Rewrite => ({
  position,
  status: 'kept',
  rewrites: [text],
  method: 'kept',
  flags: ['over_limit'],
});

/** Rewrites by the rules of French grammar: free, private, deterministic, without network. */
export const createOfflineEngine = (): RewriteEngine => ({
  name: 'offline',
  async rewrite({ sentences, settings }, { signal, onSettled }) {
    if (signal.aborted) throw new AppError('CANCELLED');
    if (sentences.length === 0) return;
    const ask = (batch: LongSentence[], timeoutMs: number) =>
      askGrammar<Rewrite[]>({ verb: 'rewrite', sentences: batch, settings }, { timeoutMs, signal });
    const rewrites = await askInBatch(sentences, ask, keep).catch((cause: unknown) => {
      throw signal.aborted ? new AppError('CANCELLED', undefined, { cause }) : cause;
    });
    await onSettled(rewrites, NO_USAGE);
  },
});
