import type { JobSettings } from '@/lib/jobs/schema';
import { dataOf, type Signalled, type Transport, type UploadOptions } from './transport';

/** From a novel to a job. */
export const novelCalls = ({ client, uploading }: Transport) => ({
  /** What a job would do and cost. The file stays at the server until then: the start need not send it again. */
  estimate: (file: File, settings: Partial<JobSettings>, options: UploadOptions = {}) =>
    dataOf(client.POST('/estimate', uploading(file, { ...settings, keep_file: 'true' }, options))),
  estimateAgain: (quoteId: string, settings: Partial<JobSettings>, options: Signalled = {}) =>
    dataOf(client.POST('/estimate/{quoteId}', { params: { path: { quoteId } }, body: settings, ...options })),
  /** `keepalive` lets the request outlive the page that sends it. */
  async forgetEstimate(quoteId: string, options: { keepalive?: boolean } = {}): Promise<void> {
    await client.DELETE('/estimate/{quoteId}', { params: { path: { quoteId } }, ...options });
  },
  startEstimated: (quoteId: string) =>
    dataOf(client.POST('/jobs/confirm', { body: { quote_id: quoteId, start: true } })),
  createJob: (file: File, settings: Partial<JobSettings>, options: UploadOptions = {}) =>
    dataOf(client.POST('/jobs', uploading(file, settings, options))),
});
