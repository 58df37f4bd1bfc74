import { z } from 'zod';

const WEBHOOK_EVENTS = ['job.completed', 'job.failed', 'job.cancelled'] as const;
/** What a trial is called; nobody subscribes to it. */
export const TRIAL = 'webhook.test';

const instant = z.iso.datetime();

export const NewWebhook = z.object({
  url: z.string().max(2000).describe('https, without a user or a password, at an address of the public internet'),
  events: z
    .array(z.enum(WEBHOOK_EVENTS))
    .min(1)
    .max(WEBHOOK_EVENTS.length)
    .transform((events) => [...new Set(events)])
    .default([...WEBHOOK_EVENTS]),
});
export type NewWebhook = z.infer<typeof NewWebhook>;

/** Why nothing was answered; `address_refused`: the name leads to no address, or to one that is not public. */
export const DELIVERY_ERRORS = ['address_refused', 'timed_out', 'unreachable'] as const;
export type DeliveryError = (typeof DELIVERY_ERRORS)[number];

export const WebhookMessage = z
  .object({
    id: z.string().describe('The webhook-id, the same at every attempt'),
    event: z.string(),
    job_id: z.string().nullable(),
    status: z.enum(['pending', 'delivered', 'failed']),
    attempts: z.int().nonnegative(),
    last_status: z.int().nullable().describe('What was answered to the last attempt'),
    last_error: z
      .enum(DELIVERY_ERRORS)
      .nullable()
      .describe('Why nothing was; address_refused: there is no public address by that name'),
    created_at: instant,
    ended_at: instant.nullable(),
  })
  .meta({ id: 'WebhookMessage' });
export type WebhookMessage = z.infer<typeof WebhookMessage>;

export const Webhook = z
  .object({
    id: z.string(),
    url: z.string(),
    events: z.array(z.string()),
    created_at: instant,
    last_message: WebhookMessage.nullable(),
  })
  .meta({ id: 'Webhook' });
export type Webhook = z.infer<typeof Webhook>;

export const CreatedWebhook = Webhook.extend({
  secret: z.string().describe('Signs what is sent, as Standard Webhooks has it; shown this once'),
}).meta({ id: 'CreatedWebhook' });
export type CreatedWebhook = z.infer<typeof CreatedWebhook>;

export const WebhookList = z
  .object({ items: z.array(Webhook), next: z.null().describe('All of them come at once') })
  .meta({ id: 'WebhookList' });
export type WebhookList = z.infer<typeof WebhookList>;
