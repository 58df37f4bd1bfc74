import { inngest } from '@/inngest/client';
import { jobCancelled, jobStarted, jobStartedEvent } from '@/inngest/events';
import { env } from '@/lib/env';
import { failJob } from '@/lib/jobs/fail-job';
import { failJobOnError } from '@/lib/jobs/fail-job-on-error';
import { finishJob } from '@/lib/jobs/finish-job';
import { WORKER_COUNTS } from '@/lib/jobs/plan-chunks';
import { processChunk } from '@/lib/jobs/process-chunk';
import { resumeJob } from '@/lib/jobs/resume-job';
import { splitJob } from '@/lib/jobs/split-job';
import { startJob } from '@/lib/jobs/start-job';
import { longestRunMinutes } from '@/lib/jobs/time-limits';

const RETRIES = 3;

const stepId = (chunk: number) => `process-chunk-${String(chunk).padStart(4, '0')}`;

/** The pipeline. One function for each row of the chunk table, because a concurrency limit is a constant of a function. */
const processNovel = (workers: number) =>
  inngest.createFunction(
    {
      id: `process-novel-${workers}`,
      triggers: [{ event: jobStarted, if: `event.data.workers == ${workers}` }],
      retries: RETRIES,
      concurrency: [
        { key: 'event.data.jobId', limit: workers },
        { scope: 'env', key: '"novels"', limit: env().MODEL_CONCURRENCY },
      ],
      // Seconds by which a run goes ahead in the queue: who waits grows older, so none starves.
      priority: { run: 'event.data.priority' },
      cancelOn: [
        { event: jobCancelled, if: 'event.data.jobId == async.data.jobId && event.data.run == async.data.run' },
      ],
      // The job's own limits do not count what it waits for its turn, so a sweep sees to them; this ends what that forgets.
      timeouts: { finish: `${longestRunMinutes()}m` },
      onFailure: async ({ event, step }) => {
        const { jobId, run, resumed = 0 } = jobStarted.schema.parse(event.data.event.data);
        const claim = { run, runId: event.data.run_id };
        const start = await step.run('resume-job', () => resumeJob(jobId, claim, resumed));
        if (start) return step.sendEvent('start-again', jobStartedEvent(start));
        return failJob(
          jobId,
          'INTERNAL',
          'Something failed on our side. What was done until then is kept.',
          claim.runId,
        );
      },
    },
    async ({ event, step, runId, attempt, maxAttempts = RETRIES + 1 }) => {
      const { jobId, run } = event.data;
      const isLastAttempt = attempt + 1 >= maxAttempts;

      const split = await step.run('split-job', async () => {
        const { isRunning } = await startJob(jobId, { run, runId });
        return isRunning ? failJobOnError(jobId, isLastAttempt, () => splitJob(jobId, runId), runId) : undefined;
      });
      if (!split?.isRunning) return { outcome: 'not running' };

      await Promise.all(
        split.chunks.map((chunk) =>
          step.run(stepId(chunk), () => processChunk(jobId, chunk, { isLastAttempt, runId })),
        ),
      );

      return step.run('finish-job', () => failJobOnError(jobId, isLastAttempt, () => finishJob(jobId, runId), runId));
    },
  );

export const processNovelFunctions = WORKER_COUNTS.map(processNovel);
