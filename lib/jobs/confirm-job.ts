import { and, eq, gt, isNull, sql } from 'drizzle-orm';
import { db } from '@/db/client';
import { novels, quotes } from '@/db/schema';
import { PRICE_VERSION } from '@/lib/credits/price';
import { AppError } from '@/lib/errors';
import { pickSettings, requireEngine } from './chosen-settings';
import { countCached } from './find-cached';
import { insertJob } from './insert-job';
import type { JobStart } from './job-start';
import type { Transaction } from './lock-job';

interface Confirming {
  startsNow?: boolean | undefined;
  /** Asked once the quote is theirs, and refuses by throwing: of many who confirm one, one is counted. */
  admit?: () => Promise<void>;
}

/**
 * Takes a quote, once: reserves what it says and writes a pending job that waits for its file until the quote's expiry,
 * or, with `startsNow`, has the one that was kept. Throws NOT_FOUND, QUOTE_USED, QUOTE_EXPIRED (also for an older price),
 * FILE_EXPIRED, EARLIER_JOB_GONE, INSUFFICIENT_CREDITS or CREDIT_LIMIT_REACHED.
 */
export async function confirmJob(
  userId: string,
  quoteId: string,
  { startsNow = false, admit }: Confirming = {},
): Promise<JobStart> {
  return db().transaction(async (tx) => {
    const quote = await takeQuote(tx, userId, quoteId);
    const settings = pickSettings(quote);
    requireEngine(settings.engine);
    const isPriced = quote.cachedSentences === 0 || (await countCached(quote, settings, tx)) >= quote.cachedSentences;
    if (!isPriced)
      throw new AppError(
        'EARLIER_JOB_GONE',
        'An earlier job, on which this price counted, is gone. Ask for a new quote.',
      );
    await admit?.();
    const {
      fileName: name,
      sha256,
      bytes,
      pages,
      estimatedTokens: tokens,
      estimatedCredits: credits,
      cachedSentences: cached,
    } = quote;
    return insertJob(tx, {
      userId,
      novel: { name, sha256, bytes, pages, storageKey: null },
      settings,
      estimate: { tokens, credits, cached },
      ...(startsNow ? { novelId: await requireKept(tx, quote.novelId) } : { fileDueAt: quote.expiresAt }),
    });
  });
}

/** Holds the row, so that nobody takes the file away meanwhile. */
async function requireKept(tx: Transaction, novelId: string | null): Promise<string> {
  const [novel] = novelId === null ? [] : await tx.select().from(novels).where(eq(novels.id, novelId)).for('key share');
  if (!novel?.storageKey) throw new AppError('FILE_EXPIRED', 'No file is kept with this quote.');
  return novel.id;
}

async function takeQuote(tx: Transaction, userId: string, quoteId: string) {
  const mine = and(eq(quotes.id, quoteId), eq(quotes.userId, userId));
  const isGood = and(isNull(quotes.usedAt), gt(quotes.expiresAt, sql`now()`), eq(quotes.priceVersion, PRICE_VERSION));
  const [taken] = await tx.update(quotes).set({ usedAt: sql`now()` }).where(and(mine, isGood)).returning();
  if (taken) return taken;
  const [quote] = await tx.select().from(quotes).where(mine);
  if (!quote) throw new AppError('NOT_FOUND', 'There is no such quote.');
  if (quote.usedAt) throw new AppError('QUOTE_USED', 'This quote has been confirmed already.');
  throw new AppError('QUOTE_EXPIRED', 'This quote has expired; ask for a new one.');
}
