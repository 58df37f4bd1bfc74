import { setTimeout as sleep } from 'node:timers/promises';
import { isAppError } from '@/lib/errors';
import { newId } from '@/lib/ids';
import { failJobOnError } from './fail-job-on-error';
import { finishJob } from './finish-job';
import type { JobStart } from './job-start';
import { processChunk } from './process-chunk';
import { splitJob } from './split-job';
import { startJob } from './start-job';

const ATTEMPTS = 4;
const FIRST_WAIT_MS = 1_000;

/**
 * The steps of the pipeline one after another in this process, without the engine. Should the process die on the way, the
 * job stands as one whose run was lost, and the sweep has the engine take it over.
 */
export async function runJobHere({ jobId, run }: JobStart): Promise<void> {
  const runId = newId();
  const { isRunning } = await startJob(jobId, { run, runId });
  if (!isRunning) return;
  const split = await again((isLastAttempt) =>
    failJobOnError(jobId, isLastAttempt, () => splitJob(jobId, runId), runId),
  );
  if (!split?.isRunning) return;
  for (const chunk of split.chunks) {
    await again((isLastAttempt) => processChunk(jobId, chunk, { isLastAttempt, runId }));
  }
  await again((isLastAttempt) => failJobOnError(jobId, isLastAttempt, () => finishJob(jobId, runId), runId));
}

async function again<T>(work: (isLastAttempt: boolean) => Promise<T>): Promise<T> {
  for (let attempt = 1; attempt < ATTEMPTS; attempt += 1) {
    try {
      return await work(false);
    } catch (error) {
      const askedMs = isAppError(error) ? error.retryAfterMs : undefined;
      await sleep(askedMs ?? FIRST_WAIT_MS * 2 ** (attempt - 1));
    }
  }
  return work(true);
}
