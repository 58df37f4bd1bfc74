import { and, eq, gt, isNotNull, sql } from 'drizzle-orm';
import { db } from '@/db/client';
import { novels, quotes } from '@/db/schema';
import { AppError } from '@/lib/errors';
import { withFile } from '@/lib/storage/store';
import { chooseSettings } from './chosen-settings';
import { writeQuote } from './quote-novel';
import type { Quote } from './quote-schema';
import { findSettings } from './user-settings';

/**
 * Quotes a kept file once more, with other settings; the earlier quote stays good. Throws NOT_FOUND, also for a file that
 * was not kept, QUOTE_EXPIRED, or FILE_EXPIRED when it has gone with its job.
 */
export async function requoteNovel(
  userId: string,
  quoteId: string,
  settings: Record<string, unknown>,
  signal?: AbortSignal,
): Promise<Quote> {
  const chosen = chooseSettings(settings, await findSettings(userId));
  const [row] = await db()
    .select({ novel: novels, isGood: sql<boolean>`${gt(quotes.expiresAt, sql`now()`)}` })
    .from(quotes)
    .innerJoin(novels, eq(novels.id, quotes.novelId))
    .where(and(eq(quotes.id, quoteId), eq(quotes.userId, userId), isNotNull(quotes.novelId)));
  if (!row) throw new AppError('NOT_FOUND', 'There is no such quote with a file.');
  if (!row.isGood) throw new AppError('QUOTE_EXPIRED', 'This quote has expired; send the file again.');
  const { id: novelId, name, sha256, bytes, pages, storageKey } = row.novel;
  if (!storageKey) throw new AppError('FILE_EXPIRED', 'The file is no longer kept; send it again.');
  const novel = { name, sha256, bytes, pages, storageKey };
  return withFile(storageKey, (path) => writeQuote({ userId, novel, path, novelId, isNew: false, chosen, signal }));
}
