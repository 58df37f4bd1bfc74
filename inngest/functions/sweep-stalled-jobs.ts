import { inngest } from '@/inngest/client';
import { appStarted, jobCancelledEvent, jobStartedEvent } from '@/inngest/events';
import { endOverdueJobs } from '@/lib/jobs/end-overdue-jobs';
import { listWaitingJobs } from '@/lib/jobs/list-waiting-jobs';
import { requeueStalledJobs } from '@/lib/jobs/requeue-stalled-jobs';

const LATE_MS = 30_000;

/** What a crash, or a lost event, would leave undone for good. The database knows it all; no run is asked. */
export const sweepStalledJobs = inngest.createFunction(
  { id: 'sweep-stalled-jobs', triggers: [{ cron: '* * * * *' }, appStarted], retries: 0 },
  async ({ step }) => {
    // One step, since every minute of an idle engine has it; last what the next sweep would not find again.
    const { overdue, requeued, waiting } = await step.run('look-at-jobs', async () => ({
      requeued: await requeueStalledJobs(),
      waiting: await listWaitingJobs(LATE_MS),
      overdue: await endOverdueJobs(),
    }));
    if (overdue.length > 0) await step.sendEvent('end-runs', overdue.map(jobCancelledEvent));
    if (waiting.length > 0) await step.sendEvent('send-again', waiting.map(jobStartedEvent));
    return { ended: overdue.length, requeued, sentAgain: waiting.length };
  },
);
