import { inngest } from '@/inngest/client';
import { sweepQuotes } from '@/lib/jobs/sweep-quotes';

/** What was reserved for a novel that never came goes back by itself. */
export const sweepExpiredQuotes = inngest.createFunction(
  { id: 'sweep-expired-quotes', triggers: [{ cron: '* * * * *' }], retries: 0 },
  async () => ({ released: await sweepQuotes() }),
);
