import { inngest } from '@/inngest/client';
import { sweepKeys } from '@/lib/idempotency/sweep-keys';
import { sweepMessages } from '@/lib/webhooks/sweep-messages';

/** What the limits have counted and the answers they keep for who asks again, and messages to webhooks, past their time. */
export const sweepOldKeys = inngest.createFunction(
  { id: 'sweep-old-keys', triggers: [{ cron: '*/10 * * * *' }], retries: 0 },
  async ({ step }) => {
    const swept = await step.run('sweep-keys', sweepKeys);
    const messages = await step.run('sweep-messages', sweepMessages);
    return { ...swept, messages };
  },
);
