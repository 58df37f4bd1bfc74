import { and, eq, inArray, isNotNull, notExists, sql } from 'drizzle-orm';
import { db } from '@/db/client';
import { jobs, novels } from '@/db/schema';
import { env } from '@/lib/env';
import { removeFile } from '@/lib/storage/store';

/**
 * Deletes uploads after FILE_RETENTION_HOURS: the sentences are stored, the file is not needed again. A job that still
 * has to read its file keeps it. Returns how many.
 */
export async function forgetOldUploads(): Promise<number> {
  const unread = db()
    .select({ id: jobs.id })
    .from(jobs)
    .where(
      and(eq(jobs.novelId, novels.id), inArray(jobs.status, ['pending', 'processing']), eq(jobs.sentencesTotal, 0)),
    );
  const old = await db()
    .select({ id: novels.id, key: novels.storageKey })
    .from(novels)
    .where(
      and(
        isNotNull(novels.storageKey),
        sql`${novels.createdAt} < now() - ${env().FILE_RETENTION_HOURS} * interval '1 hour'`,
        notExists(unread),
      ),
    );
  let forgotten = 0;
  for (const { id, key } of old) {
    // Under the lock that a retry takes too: it sees the file there and keeps it, or sees it gone and says so.
    const isForgotten = await db().transaction(async (tx) => {
      await tx.select({ id: novels.id }).from(novels).where(eq(novels.id, id)).for('update');
      const row = await tx
        .update(novels)
        .set({ storageKey: null })
        .where(and(eq(novels.id, id), notExists(unread)))
        .returning({ id: novels.id });
      return row.length > 0;
    });
    if (!isForgotten || !key) continue;
    await removeFile(key);
    forgotten += 1;
  }
  return forgotten;
}
