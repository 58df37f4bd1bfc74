import { isAppError } from '@/lib/errors';
import { isPassing } from '@/lib/failures';
import { failJob } from './fail-job';

/**
 * Does a part of the job that nothing can do without. A failure that another attempt cannot mend ends the job with its
 * reason (the answer is then undefined); any other is thrown for the step engine to try again.
 */
export async function failJobOnError<T>(
  jobId: string,
  isLastAttempt: boolean,
  work: () => Promise<T>,
  runId?: string,
): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!isAppError(error) || (isPassing(error) && !isLastAttempt)) throw error;
    await failJob(jobId, error.code, error.message, runId);
    return undefined;
  }
}
