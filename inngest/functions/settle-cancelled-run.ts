import { inngest } from '@/inngest/client';
import { jobStarted } from '@/inngest/events';
import { TIMED_OUT } from '@/lib/jobs/end-overdue-jobs';
import { failJob } from '@/lib/jobs/fail-job';

/** A run that the engine ended for its time leaves a job behind that says so. After a reader's cancel there is nothing to do. */
export const settleCancelledRun = inngest.createFunction(
  { id: 'settle-cancelled-run', triggers: [{ event: 'inngest/function.cancelled' }] },
  async ({ event, step }) => {
    const start = event.data.event;
    if (start?.name !== jobStarted.name) return { outcome: 'not ours' };
    const { jobId } = jobStarted.schema.parse(start.data);
    await step.run('fail-job', () => failJob(jobId, TIMED_OUT.code, TIMED_OUT.detail, event.data.run_id));
    return { outcome: 'settled' };
  },
);
