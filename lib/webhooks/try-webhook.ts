import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { db } from '@/db/client';
import { webhookDeliveries, webhooks } from '@/db/schema';
import { AppError } from '@/lib/errors';
import { toMessage } from './present-webhook';
import { TRIAL, type WebhookMessage } from './schema';

/** Writes a message that tells of nothing, to be sent like any other. Throws NOT_FOUND. */
export async function tryWebhook(userId: string, webhookId: string): Promise<WebhookMessage> {
  const [webhook] = await db()
    .select({ id: webhooks.id })
    .from(webhooks)
    .where(and(eq(webhooks.id, webhookId), eq(webhooks.userId, userId)));
  if (!webhook) throw new AppError('NOT_FOUND', 'There is no such webhook.');
  const id = `msg_${randomUUID().replaceAll('-', '')}`;
  const [row] = await db()
    .insert(webhookDeliveries)
    .values({ id, webhookId, event: TRIAL, data: { id: webhookId } })
    .returning();
  if (!row) throw new Error('nothing was inserted');
  return toMessage(row);
}
