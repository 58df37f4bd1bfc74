import type { GeminiModel } from '@/lib/rewrite/engine';

/** Raised with every change of a price or of how tokens are estimated: a quote at an older price is no longer good. */
export const PRICE_VERSION = '2026-11';

export const CREDITS_PER_1000_TOKENS = { speed: 2, balanced: 3, quality: 5 } as const satisfies Record<
  GeminiModel,
  number
>;

/** Whole credits, every begun one counted: at least 1 when anything was used, 0 when nothing was. */
export const priceTokens = (model: GeminiModel, tokens: number): number =>
  Math.ceil((tokens * CREDITS_PER_1000_TOKENS[model]) / 1000);
