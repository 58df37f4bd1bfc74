import { and, eq, isNull, sql } from 'drizzle-orm';
import { db } from '@/db/client';
import { idempotencyKeys } from '@/db/schema';
import { AppError } from '@/lib/errors';
import { holdJob, type Transaction } from '@/lib/jobs/lock-job';
import { log } from '@/lib/log';
import { after, HELD_SECONDS } from './claim-key';

const RENEW_MS = 10_000;

export interface Answer {
  fingerprint: string;
  sealed: Buffer;
  userId: string | null;
  /** The job that it tells of, if any. */
  jobId: string | null;
}

/** A key that is held until `keep` or `release`; if the process dies, for HELD_SECONDS more. */
export function holdKey(id: string, holder: string) {
  const mine = and(eq(idempotencyKeys.id, id), eq(idempotencyKeys.holder, holder), isNull(idempotencyKeys.answer));
  const renew = () =>
    db()
      .update(idempotencyKeys)
      .set({ heldUntil: after(HELD_SECONDS) })
      .where(mine);
  const renewal = setInterval(() => {
    renew().catch((error: unknown) => log.warn({ err: error }, 'a key could not be held'));
  }, RENEW_MS);
  return {
    /** Says which job the request makes. Throws IDEMPOTENCY_CONFLICT when the key has gone to another holder. */
    async name(tx: Transaction, jobId: string, fingerprint: string): Promise<void> {
      const named = await tx.update(idempotencyKeys).set({ jobId, fingerprint }).where(mine).returning();
      if (named.length === 0) throw new AppError('IDEMPOTENCY_CONFLICT', 'Another request with this key came after.');
    },
    /** A later request with this key is answered the same, unless the job is gone: then its answer goes, too. */
    async keep({ fingerprint, sealed, userId, jobId }: Answer): Promise<void> {
      clearInterval(renewal);
      await db().transaction(async (tx) => {
        const isThere = jobId === null || (await holdJob(tx, jobId));
        if (isThere) await tx.update(idempotencyKeys).set({ fingerprint, answer: sealed, userId, jobId }).where(mine);
        else await tx.delete(idempotencyKeys).where(mine);
      });
    },
    /** The key is as good as new; but one that has made a job stays that job's, free for whoever sends it again. */
    async release(): Promise<void> {
      clearInterval(renewal);
      await db()
        .delete(idempotencyKeys)
        .where(and(mine, isNull(idempotencyKeys.jobId)));
      await db().update(idempotencyKeys).set({ heldUntil: sql`clock_timestamp()` }).where(mine);
    },
  };
}
