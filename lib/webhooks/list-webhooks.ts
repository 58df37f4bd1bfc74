import { asc, desc, eq } from 'drizzle-orm';
import { db } from '@/db/client';
import { webhookDeliveries, webhooks } from '@/db/schema';
import { toWebhook } from './present-webhook';
import type { WebhookList } from './schema';

/** The oldest first, each with what was sent to it last. */
export async function listWebhooks(userId: string): Promise<WebhookList> {
  const rows = await db().select().from(webhooks).where(eq(webhooks.userId, userId)).orderBy(asc(webhooks.id));
  const last = await db()
    .selectDistinctOn([webhookDeliveries.webhookId])
    .from(webhookDeliveries)
    .innerJoin(webhooks, eq(webhooks.id, webhookDeliveries.webhookId))
    .where(eq(webhooks.userId, userId))
    .orderBy(webhookDeliveries.webhookId, desc(webhookDeliveries.createdAt), desc(webhookDeliveries.id));
  const lastOf = new Map(last.map(({ webhook_deliveries: message }) => [message.webhookId, message]));
  return { items: rows.map((row) => toWebhook(row, lastOf.get(row.id))), next: null };
}
