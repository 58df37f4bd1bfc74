import { vi } from 'vitest';
import { sql } from '@/db/client';
import { type AddedJob, addJob, type JobPlan } from '@/db/testing/factories';
import { announce } from '@/inngest/client';
import { jobStartedEvent } from '@/inngest/events';
import { getJob } from '@/lib/jobs/queries';
import { isTerminal } from '@/lib/jobs/status';

/** Of a step. */
export const ATTEMPTS = 4;
/** One chunk that is done and one with a sentence for the model, waiting to start. */
export const addWaiting = (plan: JobPlan = {}) =>
  addJob({
    chunks: [{ status: 'done', sentences: ['kept'] }, { sentences: ['pending'] }],
    ...plan,
    job: { engine: 'gemini', ...plan.job },
  });

export async function end({ userId, jobId }: AddedJob) {
  const job = await vi.waitUntil(
    async () => {
      const { job: now } = await getJob(userId, jobId);
      return isTerminal(now.status) && now;
    },
    { timeout: 50_000, interval: 20 },
  );
  const [chunk] = await sql()`
    select status, attempts, error_code as code from chunks where job_id = ${jobId} order by index desc limit 1`;
  const [sentence] = await sql()`
    select status, method, flags from sentences where job_id = ${jobId} order by position desc limit 1`;
  return { job, chunk, sentence };
}

export async function run(added: AddedJob) {
  await announce(jobStartedEvent({ jobId: added.jobId, run: 0, workers: 1, priority: 0 }));
  return end(added);
}

/** How the runs of the job have ended. */
export async function runsOf({ jobId }: AddedJob): Promise<string[]> {
  const runs = await sql()<{ status: string }[]>`
    select status from inngest_embedded.runs where fn like '%process-novel-1'
      and event_id in (select id from inngest_embedded.events where body->'data'->>'jobId' = ${jobId})
    order by created_at`;
  return runs.map(({ status }) => status);
}

export const doneAfter = (attempts: number) => ({
  job: { status: 'completed', partial: false },
  chunk: { status: 'done', attempts },
  sentence: { status: 'rewritten', method: 'gemini' },
});
export const lostAfter = (attempts: number, code: string) => ({
  job: { status: 'completed', partial: true, sentences: { kept: 1, failed: 1 } },
  chunk: { status: 'failed', attempts, code },
  sentence: { status: 'failed' },
});
