import { and, eq, notExists, sql } from 'drizzle-orm';
import { db } from '@/db/client';
import { jobs, novels } from '@/db/schema';

/** Removes novels that no job is about; their files follow as orphans. Returns how many. */
export async function removeOrphanNovels(): Promise<number> {
  const removed = await db()
    .delete(novels)
    .where(
      and(
        sql`${novels.createdAt} < now() - interval '1 hour'`,
        notExists(db().select({ id: jobs.id }).from(jobs).where(eq(jobs.novelId, novels.id))),
      ),
    )
    .returning({ id: novels.id });
  return removed.length;
}
