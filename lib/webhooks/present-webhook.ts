import type { webhookDeliveries, webhooks } from '@/db/schema';
import { DELIVERY_ERRORS, type Webhook, type WebhookMessage } from './schema';

type WebhookRow = typeof webhooks.$inferSelect;
type MessageRow = typeof webhookDeliveries.$inferSelect;

export const toMessage = (row: MessageRow): WebhookMessage => ({
  id: row.id,
  event: row.event,
  job_id: row.jobId,
  status: row.status,
  attempts: row.attempts,
  last_status: row.lastStatus,
  last_error: DELIVERY_ERRORS.find((error) => error === row.lastError) ?? null,
  created_at: row.createdAt.toISOString(),
  ended_at: row.endedAt?.toISOString() ?? null,
});

export const toWebhook = (row: WebhookRow, last: MessageRow | undefined): Webhook => ({
  id: row.id,
  url: row.url,
  events: row.events,
  created_at: row.createdAt.toISOString(),
  last_message: last ? toMessage(last) : null,
});
