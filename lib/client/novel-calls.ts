import { ConfirmedJob, Quote } from '@/lib/jobs/quote-schema';
import { Job, type JobSettings } from '@/lib/jobs/schema';
import { type Signalled, type Transport, type UploadOptions, withBody } from './transport';

/** From a novel to a job. */
export function novelCalls({ ask, send, upload }: Transport) {
  const quote = (quoteId: string) => `/estimate/${encodeURIComponent(quoteId)}`;
  return {
    /** What a job would do and cost. The file stays at the server until then: the start need not send it again. */
    estimate: (file: File, settings: Partial<JobSettings>, options: UploadOptions = {}) =>
      upload(Quote, '/estimate', file, { ...settings, keep_file: true }, options),
    estimateAgain: (quoteId: string, settings: Partial<JobSettings>, options: Signalled = {}) =>
      ask(Quote, quote(quoteId), { ...withBody('POST', settings), ...options }),
    /** `keepalive` lets the request outlive the page that sends it. */
    async forgetEstimate(quoteId: string, options: { keepalive?: boolean } = {}): Promise<void> {
      await send(quote(quoteId), { method: 'DELETE', ...options });
    },
    startEstimated: (quoteId: string) =>
      ask(ConfirmedJob, '/jobs/confirm', withBody('POST', { quote_id: quoteId, start: true })),
    createJob: (file: File, settings: Partial<JobSettings>, options: UploadOptions = {}) =>
      upload(Job, '/jobs', file, settings, options),
  };
}
