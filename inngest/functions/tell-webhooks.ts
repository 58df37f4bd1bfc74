import { inngest } from '@/inngest/client';
import { jobCancelled, jobStarted, messageDueEvent } from '@/inngest/events';
import { listDueMessages } from '@/lib/webhooks/list-due-messages';

/** Whatever ends a job writes its messages; here their delivery begins, or begins again when it was lost. */
export const tellWebhooks = inngest.createFunction(
  {
    id: 'tell-webhooks',
    triggers: [
      { event: 'inngest/function.finished', if: `event.data.event.name == "${jobStarted.name}"` },
      { event: jobCancelled },
      { cron: '*/5 * * * *' },
    ],
    retries: 0,
  },
  async ({ step }) => {
    const due = await step.run('list-due-messages', listDueMessages);
    if (due.length > 0) await step.sendEvent('send-messages', due.map(messageDueEvent));
    return { due: due.length };
  },
);
