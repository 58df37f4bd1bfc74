import { and, eq, notExists } from 'drizzle-orm';
import { db } from '@/db/client';
import {
  apiKeys,
  idempotencyKeys,
  jobs,
  novels,
  quotes,
  refreshTokens,
  signInLinks,
  userSettings,
  webhooks,
} from '@/db/schema';
import { removeJob } from '@/lib/jobs/delete-job';
import { removeFile } from '@/lib/storage/store';

/** Everything of somebody whom only these rows know; what hangs on them goes with them. */
const KEPT_FOR_THE_USER = [apiKeys, idempotencyKeys, quotes, refreshTokens, signInLinks, userSettings, webhooks];

/** Every table that `eraseBelongings` clears. */
export const BELONGINGS = [jobs, novels, ...KEPT_FOR_THE_USER];

/**
 * Everything that a deleted account had, but its ledger. Running jobs are charged what they used and stop. Safe to do
 * again: a sweep does, should a crash come between, or an upload that was under way.
 */
export async function eraseBelongings(userId: string): Promise<void> {
  const owned = await db().select({ id: jobs.id }).from(jobs).where(eq(jobs.userId, userId));
  for (const { id } of owned) await removeJob(userId, id);
  for (const table of KEPT_FOR_THE_USER) await db().delete(table).where(eq(table.userId, userId));
  const unused = notExists(db().select({ id: jobs.id }).from(jobs).where(eq(jobs.novelId, novels.id)));
  const removed = await db()
    .delete(novels)
    .where(and(eq(novels.userId, userId), unused))
    .returning({ storageKey: novels.storageKey });
  for (const { storageKey } of removed) if (storageKey) await removeFile(storageKey);
}
