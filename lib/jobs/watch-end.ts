import { AppError } from '@/lib/errors';
import { log } from '@/lib/log';
import { isRunning, isRunOf } from './start-job';
import { onJobChange } from './watch-jobs';

/** Aborts with CANCELLED when the job ends or goes to another run; `look` does not wait to be told. Call `stop` at last. */
export async function watchEnd(jobId: string, runId: string | undefined) {
  const abort = new AbortController();
  const look = async () => {
    if (!(await isRunning(jobId, runId))) abort.abort(new AppError('CANCELLED'));
  };
  const stop = await onJobChange(jobId, (now) => {
    if (now && isRunOf(now, runId)) return;
    // Not knowing is no reason to stop: the next call, or the next result, looks again.
    look().catch((error: unknown) => log.warn({ jobId, err: error }, 'could not look at the job'));
  });
  return { abort, look, stop };
}
