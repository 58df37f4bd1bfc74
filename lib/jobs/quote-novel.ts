import { db } from '@/db/client';
import { novels, quotes } from '@/db/schema';
import { PRICE_VERSION } from '@/lib/credits/price';
import { getCredits } from '@/lib/credits/queries';
import { env } from '@/lib/env';
import { countWords } from '@/lib/french/words';
import { newId } from '@/lib/ids';
import { inspectPdf } from '@/lib/pdf/inspect-pdf';
import { withFile } from '@/lib/storage/store';
import { type ChosenSettings, chooseSettings } from './chosen-settings';
import type { NewJob } from './create-job';
import { estimateNovel } from './estimate-novel';
import { estimateSeconds } from './estimate-seconds';
import { planChunks } from './plan-chunks';
import { countPages, warningsOf } from './quote-facts';
import type { Quote } from './quote-schema';
import { findSettings } from './user-settings';

const QUOTE_MS = 60 * 60 * 1000;

interface NewQuote extends Omit<NewJob, 'maxPages'> {
  /** Until the quote expires. */
  keepsFile?: boolean;
}

interface QuotedNovel {
  name: string;
  sha256: string;
  bytes: number;
  pages: number;
  storageKey: string;
}

/**
 * Reads the whole novel and says what a job over it would do and reserve. Binds the quote to the user, the file's hash,
 * the settings and the price. Throws the typed answer to a wrong file.
 */
export async function quoteNovel({
  userId,
  file,
  name,
  settings,
  signal,
  keepsFile = false,
}: NewQuote): Promise<Quote> {
  const chosen = chooseSettings(settings, await findSettings(userId));
  const novelId = keepsFile ? newId() : null;
  return withFile(file.key, async (path) => {
    const { pages } = await inspectPdf(path, { maxPages: env().MAX_PAGES, ...(signal && { signal }) });
    const novel = { name, sha256: file.sha256, bytes: file.bytes, pages, storageKey: file.key };
    return writeQuote({ userId, novel, path, novelId, isNew: true, chosen, signal });
  });
}

interface QuoteRows {
  userId: string;
  novel: QuotedNovel;
  /** Where the file lies on this machine. */
  path: string;
  /** Null for a file that is not kept. */
  novelId: string | null;
  isNew: boolean;
  chosen: ChosenSettings;
  signal: AbortSignal | undefined;
}

export async function writeQuote({ userId, novel, path, novelId, isNew, chosen, signal }: QuoteRows): Promise<Quote> {
  const { name, sha256, bytes, pages } = novel;
  const plan = planChunks(pages);
  const estimate = await estimateNovel(path, plan, chosen, { owner: { userId, sha256 }, signal });
  const { balance } = await getCredits(userId);
  const seconds = await estimateSeconds(chosen.engine, estimate.long - estimate.cached, plan.workers);
  // Whoever is gone has no use for it, and could not give it back.
  signal?.throwIfAborted();
  const quote = {
    id: newId(),
    userId,
    novelId,
    fileName: name,
    sha256,
    bytes,
    pages,
    ...chosen,
    estimatedTokens: estimate.tokens,
    estimatedCredits: estimate.credits,
    cachedSentences: estimate.cached,
    priceVersion: PRICE_VERSION,
    expiresAt: new Date(Date.now() + QUOTE_MS),
  };
  await db().transaction(async (tx) => {
    if (novelId !== null && isNew) await tx.insert(novels).values({ id: novelId, userId, ...novel });
    await tx.insert(quotes).values(quote);
  });
  return {
    quote_id: quote.id,
    expires_at: quote.expiresAt.toISOString(),
    file: { name, sha256, bytes, pages, ...countPages(estimate) },
    sentences: estimate.rows.length,
    words: estimate.read.sentences.reduce((sum, { text }) => sum + countWords(text), 0),
    kept_sentences: estimate.kept,
    long_sentences: estimate.long,
    cached_sentences: estimate.cached,
    chunks: plan.chunks.length,
    workers: plan.workers,
    engine: chosen.engine,
    gemini_model: chosen.geminiModel,
    estimated_tokens: estimate.tokens,
    estimated_credits: estimate.credits,
    estimated_seconds: seconds,
    file_kept: novelId !== null,
    warnings: warningsOf(estimate, balance),
  };
}
