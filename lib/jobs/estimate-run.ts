import { priceTokens } from '@/lib/credits/price';
import type { EngineName, LongSentence, RewriteSettings } from '@/lib/rewrite/engine';
import { estimateTokens } from '@/lib/rewrite/gemini/estimate-tokens';
import { CONTEXT_CHARACTERS } from './plan-chunks';

export interface RunEstimate {
  tokens: number;
  credits: number;
  /** Sentences it does not hold, since an earlier job has them. */
  cached: number;
}

/** A sentence that a run would have rewritten. */
export interface OpenSentence extends LongSentence {
  chunk: number;
}

/** What a run over these sentences will cost; our own engine costs nothing. */
export function estimateRun(
  open: OpenSentence[],
  totalChunks: number,
  settings: RewriteSettings & { engine: EngineName },
): Omit<RunEstimate, 'cached'> {
  if (settings.engine === 'offline') return { tokens: 0, credits: 0 };
  const requests = [...Map.groupBy(open, ({ chunk }) => chunk)].map(([chunk, sentences]) => {
    const neighbours = (chunk > 0 ? 1 : 0) + (chunk < totalChunks - 1 ? 1 : 0);
    return { sentences, contextCharacters: neighbours * CONTEXT_CHARACTERS };
  });
  const tokens = estimateTokens(requests, settings);
  return { tokens, credits: priceTokens(settings.geminiModel, tokens) };
}
