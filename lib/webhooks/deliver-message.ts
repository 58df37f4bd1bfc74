import { and, eq, lte, sql } from 'drizzle-orm';
import { db } from '@/db/client';
import { webhookDeliveries, webhooks } from '@/db/schema';
import { env } from '@/lib/env';
import { type Outcome, postMessage } from './post-message';
import { unsealSecret } from './seal-secret';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** What is waited after each attempt that failed; after the one that follows the last, the message has failed. */
const WAITS_MS = [5_000, 30_000, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE, HOUR, 3 * HOUR, 8 * HOUR, 12 * HOUR];
export const MOST_ATTEMPTS = WAITS_MS.length + 1;

/** More than an attempt takes: past it whoever made the attempt is dead. */
const LEASE = sql`clock_timestamp() + interval '1 minute'`;
/** Two clocks do not agree to the millisecond. */
const SOON = sql`clock_timestamp() + interval '1 second'`;
/** The receiver wants no more of it. */
const GONE = 410;

export type Delivery = { state: 'delivered' | 'failed' | 'not due' } | { state: 'waiting'; delayMs: number };

/**
 * Makes one attempt at a message that is due. It is done at most by one at a time, and, if that one dies before it has
 * written down how it went, again: a receiver may get a message twice, always under the same webhook-id.
 */
export async function deliverMessage(messageId: string): Promise<Delivery> {
  const claimed = await claim(messageId);
  if (!claimed) return { state: 'not due' };
  const { message, webhook } = claimed;
  const body = JSON.stringify({
    type: message.event,
    timestamp: message.createdAt.toISOString(),
    data: message.data,
  });
  const outcome = await postMessage(
    { id: message.id, url: webhook.url, secret: unsealSecret(webhook.id, webhook.sealedSecret), body },
    { allowsPrivate: env().WEBHOOK_ALLOW_PRIVATE === '1' },
  );
  return settle(message.id, message.attempts, outcome);
}

async function claim(messageId: string) {
  const { id, status, dueAt, attempts } = webhookDeliveries;
  const [message] = await db()
    .update(webhookDeliveries)
    .set({ attempts: sql`${attempts} + 1`, dueAt: LEASE })
    .where(and(eq(id, messageId), eq(status, 'pending'), lte(dueAt, SOON)))
    .returning();
  if (!message) return undefined;
  const [webhook] = await db().select().from(webhooks).where(eq(webhooks.id, message.webhookId));
  return webhook && { message, webhook };
}

async function settle(messageId: string, attempt: number, outcome: Outcome): Promise<Delivery> {
  const lastStatus = 'status' in outcome ? outcome.status : null;
  const lastError = 'error' in outcome ? outcome.error : null;
  const isDelivered = lastStatus !== null && lastStatus >= 200 && lastStatus < 300;
  const delayMs = lastStatus === GONE ? undefined : WAITS_MS[attempt - 1];
  const isWaiting = !isDelivered && delayMs !== undefined;
  const state = isDelivered ? 'delivered' : 'failed';
  await db()
    .update(webhookDeliveries)
    .set({
      lastStatus,
      lastError,
      ...(isWaiting
        ? { dueAt: sql`clock_timestamp() + ${delayMs} * interval '1 millisecond'` }
        : { status: state, endedAt: sql`clock_timestamp()` }),
    })
    .where(
      and(
        eq(webhookDeliveries.id, messageId),
        eq(webhookDeliveries.status, 'pending'),
        eq(webhookDeliveries.attempts, attempt),
      ),
    );
  return isWaiting ? { state: 'waiting', delayMs } : { state };
}
