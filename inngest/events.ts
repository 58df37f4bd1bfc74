import { eventType } from 'inngest';
import { z } from 'zod';
import type { JobRun, JobStart } from '@/lib/jobs/job-start';
import type { DueMessage } from '@/lib/webhooks/list-due-messages';

/** A process of the app is there, and its functions are known to the engine. */
export const appStarted = eventType('app/started');

/** A job is to be run; `run` counts its retries, so that each run has an event id of its own. */
export const jobStarted = eventType('novel/job.started', {
  schema: z.object({
    jobId: z.string(),
    run: z.int(),
    workers: z.int(),
    priority: z.int().optional(),
    resumed: z.int().optional(),
  }),
});

/** A run was cancelled, in the database already. Told late, it means none that a retry has begun since. */
export const jobCancelled = eventType('novel/job.cancelled', {
  schema: z.object({ jobId: z.string(), run: z.int() }),
});

/** The id makes it safe to send again: the engine starts one run for it. */
export const jobStartedEvent = ({ again, ...data }: JobStart) =>
  jobStarted.create(data, { id: again ? `${data.jobId}-${data.run}-${again}` : `${data.jobId}-${data.run}` });

export const jobCancelledEvent = ({ jobId, run }: JobRun) => jobCancelled.create({ jobId, run });

/** A message to a webhook is to be tried. */
export const messageDue = eventType('webhook/message.due', {
  schema: z.object({ messageId: z.string(), webhookId: z.string() }),
});

const AGAIN_MS = 600_000;

/** The id spares runs that would find nothing to do; one that was lost all the same is begun again ten minutes later. */
export const messageDueEvent = ({ messageId, webhookId, attempts }: DueMessage) =>
  messageDue.create(
    { messageId, webhookId },
    { id: `${messageId}-${attempts}-${attempts === 0 ? 0 : Math.floor(Date.now() / AGAIN_MS)}` },
  );
