import { findReserved } from '@/lib/credits/ledger';
import { AppError } from '@/lib/errors';
import { estimateRun, type OpenSentence } from './estimate-run';
import type { JobRow } from './present-job';

/**
 * Throws EARLIER_JOB_GONE when the model would have more to do than the run has reserved, because sentences on which
 * its price counted are there no longer.
 */
export async function requirePriced(job: JobRow, open: OpenSentence[]): Promise<void> {
  if (job.sentencesCached === 0) return;
  const { credits } = estimateRun(open, job.totalChunks, job);
  const run = { userId: job.userId, jobId: job.id, run: job.retryCount };
  if (credits > (await findReserved(run)))
    throw new AppError(
      'EARLIER_JOB_GONE',
      'An earlier job with the same novel was changed or deleted, and this price counted on it. Start again: it is priced anew.',
    );
}
