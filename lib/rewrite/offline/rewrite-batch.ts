import { OffloadError } from '@/lib/offload';
import type { LongSentence, Rewrite } from '@/lib/rewrite/engine';

/** Rewrites sentences in a child process, within a time. */
export type Ask = (sentences: LongSentence[], timeoutMs: number) => Promise<Rewrite[]>;

const BATCH_TIMEOUT_MS = 60_000;
const SENTENCE_TIMEOUT_MS = 5_000;

const keep = ({ position, text }: LongSentence): Rewrite => ({
  position,
  status: 'kept',
  rewrites: [text],
  method: 'kept',
  flags: ['over_limit'],
});

async function orElse<T>(work: Promise<T>, fallback: () => T | Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof OffloadError) return fallback();
    throw error;
  }
}

/** When a batch brings its process down, its sentences are tried one by one and only the culprit stays as it is. */
export const rewriteBatch = (sentences: LongSentence[], ask: Ask): Promise<Rewrite[]> =>
  orElse(ask(sentences, BATCH_TIMEOUT_MS), async () => {
    const rewrites: Rewrite[] = [];
    for (const sentence of sentences)
      rewrites.push(...(await orElse(ask([sentence], SENTENCE_TIMEOUT_MS), () => [keep(sentence)])));
    return rewrites;
  });
