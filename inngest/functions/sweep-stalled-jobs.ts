import { inngest } from '@/inngest/client';
import { jobStartedEvent } from '@/inngest/events';
import { listWaitingJobs } from '@/lib/jobs/list-waiting-jobs';
import { sweepFiles } from '@/lib/jobs/sweep-files';

const LATE_MS = 30_000;

/** A start can be lost between the commit and the sending; and a crash can leave a file that no novel knows. */
export const sweepStalledJobs = inngest.createFunction(
  { id: 'sweep-stalled-jobs', triggers: [{ cron: '* * * * *' }], retries: 0 },
  async ({ step }) => {
    const waiting = await step.run('list-waiting-jobs', () => listWaitingJobs(LATE_MS));
    if (waiting.length > 0) await step.sendEvent('send-again', waiting.map(jobStartedEvent));
    const files = await step.run('sweep-files', sweepFiles);
    return { sentAgain: waiting.length, files };
  },
);
