import { and, eq, inArray, isNull } from 'drizzle-orm';
import { db } from '@/db/client';
import { jobs, novels, quotes } from '@/db/schema';
import { AppError } from '@/lib/errors';
import { removeFile } from '@/lib/storage/store';
import { holdQuotes } from './hold-quotes';

/** A quote that will not be taken, with all others of its file, and the file unless a job is about it. Throws NOT_FOUND. */
export async function forgetQuote(userId: string, quoteId: string): Promise<void> {
  const storageKey = await db().transaction(async (tx) => {
    const isMine = and(eq(quotes.id, quoteId), eq(quotes.userId, userId), isNull(quotes.usedAt));
    const ofFile = tx.select({ id: quotes.novelId }).from(quotes).where(isMine);
    await holdQuotes(tx, inArray(quotes.novelId, ofFile));
    const [quote] = await tx.delete(quotes).where(isMine).returning();
    if (!quote) throw new AppError('NOT_FOUND', 'There is no such quote that is still to be taken.');
    if (!quote.novelId) return null;
    const [novel] = await tx.select().from(novels).where(eq(novels.id, quote.novelId)).for('update');
    const [job] = await tx.select({ id: jobs.id }).from(jobs).where(eq(jobs.novelId, quote.novelId)).limit(1);
    if (!novel || job) return null;
    await tx.delete(quotes).where(and(eq(quotes.novelId, novel.id), isNull(quotes.usedAt)));
    await tx.delete(novels).where(eq(novels.id, novel.id));
    return novel.storageKey;
  });
  if (storageKey) await removeFile(storageKey);
}
