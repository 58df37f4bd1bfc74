import type { Job } from '@/lib/jobs/schema';
import { isTerminal } from '@/lib/jobs/status';
import { isFaultOfFile } from './check-pdf-file';

type RetryReason = 'partial' | 'failed' | 'cancelled';

interface RetryOffer {
  reason: RetryReason;
  /** Gemini stood in the way: the offline engine would get through. */
  canGoOffline: boolean;
}

type Ended = Pick<Job, 'status' | 'partial' | 'engine' | 'error' | 'failed_chunks' | 'retry_count' | 'max_retries'>;

/** What trying again would mean for a job; undefined where it runs, has nothing left to do, or cannot get further. */
export function retryOffer(job: Ended): RetryOffer | undefined {
  if (!isTerminal(job.status) || job.retry_count >= job.max_retries) return undefined;
  if (job.status === 'cancelled') return { reason: 'cancelled', canGoOffline: false };
  if (job.status === 'completed' && !job.partial) return undefined;
  const codes = [...job.failed_chunks.map(({ code }) => code), ...(job.error ? [job.error.code] : [])];
  if (job.status === 'failed' && codes.some(isFaultOfFile)) return undefined;
  return {
    reason: job.status === 'failed' ? 'failed' : 'partial',
    canGoOffline: job.engine === 'gemini' && codes.some((code) => code.startsWith('MODEL_')),
  };
}
