import { and, eq, gt, isNull, notExists, sql } from 'drizzle-orm';
import { db } from '@/db/client';
import { jobs, novels, quotes } from '@/db/schema';

/** Removes novels that no job is about and no quote keeps; their files follow as orphans. Returns how many. */
export async function removeOrphanNovels(): Promise<number> {
  const removed = await db()
    .delete(novels)
    .where(
      and(
        sql`${novels.createdAt} < now() - interval '1 hour'`,
        notExists(db().select({ id: jobs.id }).from(jobs).where(eq(jobs.novelId, novels.id))),
        notExists(
          db()
            .select({ id: quotes.id })
            .from(quotes)
            .where(and(eq(quotes.novelId, novels.id), isNull(quotes.usedAt), gt(quotes.expiresAt, sql`now()`))),
        ),
      ),
    )
    .returning({ id: novels.id });
  return removed.length;
}
