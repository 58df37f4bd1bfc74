import { describe, expect, it } from 'vitest';
import type { FailedChunk } from '@/lib/jobs/schema';
import { retryOffer } from './retry-offer';

type Ended = Parameters<typeof retryOffer>[0];
const whole: Ended = {
  status: 'completed',
  partial: false,
  engine: 'gemini',
  error: null,
  failed_chunks: [],
  retry_count: 0,
  max_retries: 20,
};
const lacking = (code: string): FailedChunk => ({ chunk: 1, pages: '16–30', code, retryable: true, attempts: 3 });
const failed = (code: string): Ended => ({ ...whole, status: 'failed', error: { code, detail: '' } });

describe('trying a job again', () => {
  it('is not offered while it runs, nor when all of it is done', () => {
    expect(retryOffer({ ...whole, status: 'pending' })).toBeUndefined();
    expect(retryOffer({ ...whole, status: 'processing' })).toBeUndefined();
    expect(retryOffer(whole)).toBeUndefined();
  });

  it('goes on from where it was stopped', () => {
    expect(retryOffer({ ...whole, status: 'cancelled' })).toEqual({ reason: 'cancelled', canGoOffline: false });
  });

  it('is not offered when it has been tried as often as is allowed', () => {
    expect(retryOffer({ ...whole, status: 'cancelled', retry_count: 19 })).toBeDefined();
    expect(retryOffer({ ...whole, status: 'cancelled', retry_count: 20 })).toBeUndefined();
  });

  it('names the offline engine where Gemini stood in the way', () => {
    const gaps = { ...whole, partial: true, failed_chunks: [lacking('INTERNAL'), lacking('MODEL_BLOCKED')] };
    expect(retryOffer(gaps)).toEqual({ reason: 'partial', canGoOffline: true });
    expect(retryOffer({ ...gaps, engine: 'offline' })).toEqual({ reason: 'partial', canGoOffline: false });
    expect(retryOffer(failed('MODEL_KEY_REFUSED'))).toEqual({ reason: 'failed', canGoOffline: true });
    expect(retryOffer(failed('JOB_TIMED_OUT'))).toEqual({ reason: 'failed', canGoOffline: false });
  });

  it('is not offered for a file that will not get better', () => {
    expect(retryOffer(failed('PDF_NO_TEXT'))).toBeUndefined();
    expect(retryOffer(failed('NOT_A_PDF'))).toBeUndefined();
  });
});
