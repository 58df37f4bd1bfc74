import { and, eq, isNull, lt, or, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { db } from '@/db/client';
import { idempotencyKeys } from '@/db/schema';
import { newId } from '@/lib/ids';

export const HELD_SECONDS = 30;
const KEPT_HOURS = 25;

export const after = (seconds: number) => sql`clock_timestamp() + ${seconds} * interval '1 second'`;

/** The job that an earlier request with the key has made, without an answer that could be kept. */
interface Made {
  jobId: string;
  fingerprint: string;
}

export type Claim =
  /** To be answered by the caller, who holds it as `holder` for HELD_SECONDS at a time. */
  | { state: 'mine'; holder: string; made: Made | undefined }
  | { state: 'held' }
  | { state: 'answered'; fingerprint: string; answer: Buffer };

/** Takes a key for whoever is first: one that has never been seen, has expired, was let go, or whose holder has died. */
export async function claimKey(id: string, userId: string | null): Promise<Claim> {
  const holder = newId();
  const hold = { holder, heldUntil: after(HELD_SECONDS), expiresAt: after(KEPT_HOURS * 3600) };
  const isAbandoned = and(isNull(idempotencyKeys.answer), lt(idempotencyKeys.heldUntil, sql`clock_timestamp()`));
  const hasExpired = lt(idempotencyKeys.expiresAt, sql`clock_timestamp()`);
  const unlessExpired = (value: PgColumn) => sql`case when ${hasExpired} then null else ${value} end`;
  const { jobId, fingerprint } = idempotencyKeys;
  const [mine] = await db()
    .insert(idempotencyKeys)
    .values({ id, userId, ...hold })
    .onConflictDoUpdate({
      target: idempotencyKeys.id,
      set: { ...hold, jobId: unlessExpired(jobId), fingerprint: unlessExpired(fingerprint), answer: null },
      setWhere: or(isAbandoned, hasExpired),
    })
    .returning({ jobId, fingerprint });
  if (mine) return { state: 'mine', holder, made: madeBy(mine) };
  const [found] = await db().select().from(idempotencyKeys).where(eq(idempotencyKeys.id, id));
  if (!found?.answer || found.fingerprint === null) return { state: 'held' };
  return { state: 'answered', fingerprint: found.fingerprint, answer: found.answer };
}

/** For one that is true no more. The key is as good as new, unless somebody has taken it since. */
export async function forgetAnswer(id: string, answer: Buffer): Promise<void> {
  await db()
    .delete(idempotencyKeys)
    .where(and(eq(idempotencyKeys.id, id), eq(idempotencyKeys.answer, answer)));
}

const madeBy = ({ jobId, fingerprint }: { jobId: string | null; fingerprint: string | null }): Made | undefined =>
  jobId !== null && fingerprint !== null ? { jobId, fingerprint } : undefined;
