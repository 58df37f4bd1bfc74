import { setTimeout as sleep } from 'node:timers/promises';
import { AppError, isErrorCode } from '@/lib/errors';
import { toSentence } from './present-job';
import { getJob, readSentences } from './queries';
import type { ProcessedNovel } from './quote-schema';
import type { Job } from './schema';
import { isTerminal } from './status';
import { onJobChange } from './watch-jobs';

const LOOK_MS = 2_000;

/**
 * Waits for a job to end and gives its sentences, the author's own where there is no rewrite. Throws what the job failed
 * of, CANCELLED, or JOB_TIMED_OUT when it still runs after `patienceMs`; it goes on then. Each names the job.
 */
export async function waitForNovel(userId: string, jobId: string, patienceMs: number): Promise<ProcessedNovel> {
  const job = await waitForEnd(userId, jobId, patienceMs);
  const facts = { use_instead: `/api/v1/jobs/${jobId}` };
  if (!job) throw new AppError('JOB_TIMED_OUT', 'The novel is still being rewritten.', { facts });
  if (job.status === 'cancelled') throw new AppError('CANCELLED', 'The job was cancelled.', { facts });
  if (job.error)
    throw new AppError(isErrorCode(job.error.code) ? job.error.code : 'INTERNAL', job.error.detail, { facts });
  const sentences: ProcessedNovel['sentences'] = [];
  for await (const rows of readSentences(jobId)) {
    for (const { rewrites, original } of rows.map(toSentence)) {
      const said = rewrites.length > 0 ? rewrites : [original];
      sentences.push(...said.map((normalized) => ({ normalized, original })));
    }
  }
  return { job_id: jobId, sentences };
}

async function waitForEnd(userId: string, jobId: string, patienceMs: number): Promise<Job | undefined> {
  const deadline = Date.now() + patienceMs;
  let wake: () => void = () => undefined;
  const unwatch = await onJobChange(jobId, () => wake());
  try {
    while (Date.now() < deadline) {
      const changed = new Promise<void>((resolve) => {
        wake = resolve;
      });
      const { job } = await getJob(userId, jobId);
      if (isTerminal(job.status)) return job;
      await Promise.race([changed, sleep(Math.min(LOOK_MS, deadline - Date.now()), undefined, { ref: false })]);
    }
  } finally {
    unwatch();
  }
  return undefined;
}
