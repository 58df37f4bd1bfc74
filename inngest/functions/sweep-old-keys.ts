import { inngest } from '@/inngest/client';
import { sweepKeys } from '@/lib/idempotency/sweep-keys';

/** What the limits have counted and the answers they keep for who asks again, past their time. */
export const sweepOldKeys = inngest.createFunction(
  { id: 'sweep-old-keys', triggers: [{ cron: '*/10 * * * *' }], retries: 0 },
  async ({ step }) => step.run('sweep-keys', sweepKeys),
);
