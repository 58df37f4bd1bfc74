import type { quotes } from '@/db/schema';
import { PRICE_VERSION } from '@/lib/credits/price';
import { newId } from '@/lib/ids';

const HOUR_MS = 3_600_000;

/** A quote for a novel that Gemini would rewrite. */
export const newQuote = (userId: string, credits: number): typeof quotes.$inferInsert & { id: string } => ({
  id: newId(),
  userId,
  fileName: 'bench.pdf',
  sha256: 'a'.repeat(64),
  bytes: 1000,
  pages: 100,
  engine: 'gemini',
  geminiModel: 'balanced',
  maxWords: 8,
  minWords: 2,
  ignoreDialogue: false,
  fixHyphenation: true,
  preserveFormatting: true,
  estimatedTokens: 2_000,
  estimatedCredits: credits,
  priceVersion: PRICE_VERSION,
  expiresAt: new Date(Date.now() + HOUR_MS),
});
