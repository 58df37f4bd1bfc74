import { inngest } from '@/inngest/client';
import { messageDue } from '@/inngest/events';
import { deliverMessage, MOST_ATTEMPTS } from '@/lib/webhooks/deliver-message';

/** Tries until the message is delivered, or has been tried for long enough. One receiver gets two at a time. */
export const deliverMessages = inngest.createFunction(
  {
    id: 'deliver-message',
    triggers: [{ event: messageDue }],
    concurrency: [{ limit: 20 }, { key: 'event.data.webhookId', limit: 2 }],
    retries: 3,
  },
  async ({ event, step }) => {
    for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
      const delivery = await step.run(`post-message-${attempt}`, () => deliverMessage(event.data.messageId));
      if (delivery.state !== 'waiting') return delivery;
      await step.sleep(`wait-${attempt}`, delivery.delayMs);
    }
    return { state: 'not due' };
  },
);
