import { AppError } from '@/lib/errors';
import { OffloadError } from '@/lib/offload';
import type { LongSentence, Rewrite, RewriteEngine, RewriteSettings } from '@/lib/rewrite/engine';
import { askGrammar } from './grammar-processes';

const BATCH_TIMEOUT_MS = 60_000;
const SENTENCE_TIMEOUT_MS = 5_000;
const NO_USAGE = { calls: 0, tokens: 0 };

const keep = ({ position, text }: LongSentence): Rewrite => ({
  position,
  status: 'kept',
  rewrites: [text],
  method: 'kept',
  flags: ['over_limit'],
});

const ask = (sentences: LongSentence[], settings: RewriteSettings, timeoutMs: number, signal: AbortSignal) =>
  askGrammar<Rewrite[]>({ verb: 'rewrite', sentences, settings }, { timeoutMs, signal });

/** When a batch brings its process down, its sentences are tried one by one and only the culprit stays as it is. */
async function rewriteBatch(sentences: LongSentence[], settings: RewriteSettings, signal: AbortSignal) {
  try {
    return await ask(sentences, settings, BATCH_TIMEOUT_MS, signal);
  } catch (error) {
    if (!(error instanceof OffloadError) || signal.aborted) throw error;
  }
  const rewrites: Rewrite[] = [];
  for (const sentence of sentences) {
    try {
      rewrites.push(...(await ask([sentence], settings, SENTENCE_TIMEOUT_MS, signal)));
    } catch (error) {
      if (!(error instanceof OffloadError) || signal.aborted) throw error;
      rewrites.push(keep(sentence));
    }
  }
  return rewrites;
}

/** Rewrites by the rules of French grammar: free, private, deterministic, without network. */
export const createOfflineEngine = (): RewriteEngine => ({
  name: 'offline',
  async rewrite({ sentences, settings }, { signal, onSettled }) {
    try {
      signal.throwIfAborted();
      const rewrites = sentences.length === 0 ? [] : await rewriteBatch(sentences, settings, signal);
      await onSettled(rewrites, NO_USAGE);
    } catch (cause) {
      if (signal.aborted) throw new AppError('CANCELLED', undefined, { cause });
      throw cause;
    }
  },
});
