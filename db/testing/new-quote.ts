import type { quotes } from '@/db/schema';
import { PRICE_VERSION } from '@/lib/credits/price';
import { newId } from '@/lib/ids';

const HOUR_MS = 3_600_000;

type NewQuote = typeof quotes.$inferInsert;

/** Of a run that costs credits. */
export const PAID_SETTINGS = {
  engine: 'gemini',
  geminiModel: 'balanced',
  maxWords: 8,
  minWords: 2,
  ignoreDialogue: false,
  fixHyphenation: true,
  preserveFormatting: true,
} as const;

/** A quote for a novel that Gemini would rewrite, unless `changes` says otherwise. */
export const newQuote = (
  userId: string,
  credits: number,
  changes: Partial<NewQuote> = {},
): NewQuote & { id: string } => ({
  userId,
  fileName: 'novel.pdf',
  sha256: 'a'.repeat(64),
  bytes: 1000,
  pages: 100,
  ...PAID_SETTINGS,
  estimatedTokens: 2_000,
  estimatedCredits: credits,
  priceVersion: PRICE_VERSION,
  expiresAt: new Date(Date.now() + HOUR_MS),
  ...changes,
  id: changes.id ?? newId(),
});
