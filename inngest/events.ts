import { eventType } from 'inngest';
import { z } from 'zod';
import type { JobStart } from '@/lib/jobs/job-start';

/** A job is to be run; `run` counts its retries, so that each run has an event id of its own. */
export const jobStarted = eventType('novel/job.started', {
  schema: z.object({ jobId: z.string(), run: z.int(), workers: z.int(), priority: z.int().optional() }),
});

/** A job was cancelled, in the database already. */
export const jobCancelled = eventType('novel/job.cancelled', { schema: z.object({ jobId: z.string() }) });

/** The id makes it safe to send again: the engine starts one run for it. */
export const jobStartedEvent = ({ jobId, run, workers, priority, again }: JobStart) =>
  jobStarted.create({ jobId, run, workers, priority }, { id: again ? `${jobId}-${run}-${again}` : `${jobId}-${run}` });

export const jobCancelledEvent = (jobId: string) => jobCancelled.create({ jobId });
