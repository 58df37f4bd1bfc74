import { db } from '@/db/client';
import { quotes } from '@/db/schema';
import { PRICE_VERSION } from '@/lib/credits/price';
import { getCredits } from '@/lib/credits/queries';
import { env } from '@/lib/env';
import type { PageKind } from '@/lib/french/novel-text';
import { newId } from '@/lib/ids';
import { inspectPdf } from '@/lib/pdf/inspect-pdf';
import { filePath } from '@/lib/storage/store';
import { chooseSettings } from './chosen-settings';
import type { NewJob } from './create-job';
import { estimateNovel, type NovelEstimate } from './estimate-novel';
import { planChunks } from './plan-chunks';
import type { Quote } from './quote-schema';

const QUOTE_MS = 60 * 60 * 1000;

type NewQuote = Omit<NewJob, 'maxPages'>;

/**
 * Reads the whole novel and says what a job over it would do and reserve. Binds the quote to the user, the file's hash,
 * the settings and the price; the file itself is not kept. Throws the typed answer to a wrong file.
 */
export async function quoteNovel({ userId, file, name, settings, signal }: NewQuote): Promise<Quote> {
  const chosen = chooseSettings(settings);
  const path = filePath(file.key);
  const { pages } = await inspectPdf(path, { maxPages: env().MAX_PAGES, ...(signal && { signal }) });
  const plan = planChunks(pages);
  const novel = await estimateNovel(path, plan, chosen, signal);
  const { balance } = await getCredits(userId);
  const id = newId();
  const expiresAt = new Date(Date.now() + QUOTE_MS);
  const { sha256, bytes } = file;
  await db()
    .insert(quotes)
    .values({
      id,
      userId,
      fileName: name,
      sha256,
      bytes,
      pages,
      ...chosen,
      estimatedTokens: novel.tokens,
      estimatedCredits: novel.credits,
      priceVersion: PRICE_VERSION,
      expiresAt,
    });
  return {
    quote_id: id,
    expires_at: expiresAt.toISOString(),
    file: { name, sha256, bytes, pages, ...countPages(novel) },
    sentences: novel.sentences,
    words: novel.words,
    kept_sentences: novel.kept,
    chunks: plan.chunks.length,
    workers: plan.workers,
    engine: chosen.engine,
    gemini_model: chosen.geminiModel,
    estimated_tokens: novel.tokens,
    estimated_credits: novel.credits,
    warnings: warningsOf(novel, balance),
  };
}

const pagesOf = ({ read }: NovelEstimate, wanted: PageKind) => read.pages.filter(({ kind }) => kind === wanted).length;

const countPages = (novel: NovelEstimate) => ({
  text_pages: pagesOf(novel, 'text'),
  scanned_pages: pagesOf(novel, 'scanned'),
  blank_pages: pagesOf(novel, 'blank'),
  garbled_pages: pagesOf(novel, 'garbled'),
  foreign_pages: pagesOf(novel, 'foreign'),
});

function warningsOf(novel: NovelEstimate, balance: number): Quote['warnings'] {
  const warnings: Quote['warnings'] = [];
  const warn = (isSo: boolean, code: Quote['warnings'][number]['code'], detail: string) => {
    if (isSo) warnings.push({ code, detail });
  };
  const scanned = pagesOf(novel, 'scanned');
  const garbled = pagesOf(novel, 'garbled');
  const foreign = pagesOf(novel, 'foreign');
  const { credits } = novel;
  warn(scanned > 0, 'SCANNED_PAGES', `${scanned} of the pages are pictures without text; nothing is read from them.`);
  warn(garbled > 0, 'GARBLED_PAGES', `The text of ${garbled} of the pages cannot be decoded.`);
  warn(foreign > 0, 'FOREIGN_PAGES', `${foreign} of the pages do not seem to be French.`);
  warn(novel.open === 0, 'NOTHING_TO_REWRITE', 'No sentence is over the limit.');
  warn(credits > balance, 'INSUFFICIENT_CREDITS', `This needs ${credits} credits and ${balance} are left this month.`);
  return warnings;
}
