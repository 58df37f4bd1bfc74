import { and, eq, lt, sql } from 'drizzle-orm';
import { db } from '@/db/client';
import { jobs, quotes } from '@/db/schema';
import { endAsFailed } from './fail-job';

/**
 * Fails confirmed jobs whose file did not come in time, which gives their credits back, and forgets quotes a day after
 * they expired. Returns how many jobs.
 */
export async function sweepQuotes(): Promise<number> {
  const isOverdue = and(eq(jobs.status, 'pending'), lt(jobs.fileDueAt, sql`now()`));
  const overdue = await db().select({ id: jobs.id }).from(jobs).where(isOverdue);
  let ended = 0;
  for (const { id } of overdue) {
    await db().transaction(async (tx) => {
      const [job] = await tx
        .select()
        .from(jobs)
        .where(and(eq(jobs.id, id), isOverdue))
        .for('no key update');
      if (!job) return;
      await endAsFailed(tx, job, 'QUOTE_EXPIRED', 'The file did not come before the quote expired.');
      ended += 1;
    });
  }
  await db().delete(quotes).where(lt(quotes.expiresAt, sql`now() - interval '1 day'`));
  return ended;
}
