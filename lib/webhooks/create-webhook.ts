import { count, eq, sql } from 'drizzle-orm';
import { db } from '@/db/client';
import { users, webhooks } from '@/db/schema';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { newId } from '@/lib/ids';
import { faultOf } from './check-url';
import { toWebhook } from './present-webhook';
import type { CreatedWebhook, NewWebhook } from './schema';
import { newSecret, sealSecret } from './seal-secret';

const MOST = 10;

const wrong = (message: string) => new AppError('INVALID_INPUT', undefined, { fields: [{ field: 'url', message }] });

/** The secret is told here and never again. Throws INVALID_INPUT for an address that nothing may be sent to. */
export async function createWebhook(userId: string, { url, events }: NewWebhook): Promise<CreatedWebhook> {
  const fault = faultOf(url, env().WEBHOOK_ALLOW_PRIVATE === '1');
  if (fault) throw wrong(fault);
  const id = newId();
  const secret = newSecret();
  return db().transaction(async (tx) => {
    // One at a time, so that the count holds.
    await tx.execute(sql`select 1 from ${users} where ${users.id} = ${userId} for update`);
    const [has] = await tx.select({ count: count() }).from(webhooks).where(eq(webhooks.userId, userId));
    if ((has?.count ?? 0) >= MOST) throw wrong(`you have ${MOST} webhooks already`);
    const sealedSecret = sealSecret(id, secret);
    const [row] = await tx.insert(webhooks).values({ id, userId, url, events, sealedSecret }).returning();
    if (!row) throw new Error('nothing was inserted');
    return { ...toWebhook(row, undefined), secret };
  });
}
