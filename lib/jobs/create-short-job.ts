import { env } from '@/lib/env';
import { AppError, isAppError } from '@/lib/errors';
import { createJob, type NewJob } from './create-job';
import type { JobStart } from './job-start';

const MAX_PAGES_TO_WAIT_FOR = 30;

/** A job that somebody waits for; above 30 pages TOO_LARGE_FOR_SYNC points to the call that takes it. */
export async function createShortJob(job: NewJob): Promise<JobStart> {
  const maxPages = Math.min(MAX_PAGES_TO_WAIT_FOR, env().MAX_PAGES);
  try {
    return await createJob({ ...job, maxPages });
  } catch (error) {
    if (!isAppError(error, 'PDF_TOO_MANY_PAGES')) throw error;
    throw new AppError('TOO_LARGE_FOR_SYNC', `This call takes novels of up to ${maxPages} pages.`, {
      cause: error,
      facts: { use_instead: '/api/v1/process-pdf-async' },
    });
  }
}
