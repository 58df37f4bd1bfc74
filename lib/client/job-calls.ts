import type { ExportFormat, Job, RetryRequest, SentenceEdit } from '@/lib/jobs/schema';
import type { paths } from './generated/api';
import { answered, dataOf, type Signalled, type Transport } from './transport';

type JobListQuery = paths['/jobs']['get']['parameters']['query'];
type SentenceListQuery = paths['/jobs/{jobId}/sentences']['get']['parameters']['query'];

export interface TaggedJob {
  job: Job;
  etag: string | null;
}

/** Watching, stopping and reading a job. */
export function jobCalls({ client, url, hasToken }: Transport) {
  const of = (jobId: string) => ({ params: { path: { jobId } } });
  const path = (jobId: string, rest: string) => url(`/jobs/${encodeURIComponent(jobId)}${rest}`);
  return {
    listJobs: (query: JobListQuery = {}, options: Signalled = {}) =>
      dataOf(client.GET('/jobs', { params: { query }, ...options })),
    getJob: (jobId: string, options: Signalled = {}) =>
      dataOf(client.GET('/jobs/{jobId}', { ...of(jobId), ...options })),
    /** Undefined when nothing changed since `etag`. */
    async findChangedJob(jobId: string, etag: string | null, options: Signalled = {}): Promise<TaggedJob | undefined> {
      const headers = etag === null ? {} : { 'if-none-match': etag };
      const asking = answered(client.GET('/jobs/{jobId}', { ...of(jobId), ...options, headers }));
      const { response } = await asking;
      if (response.status === 304) return undefined;
      return { job: await dataOf(asking), etag: response.headers.get('etag') };
    },
    cancelJob: (jobId: string) => dataOf(client.POST('/jobs/{jobId}/cancel', of(jobId))),
    /** Without more ado all that is not done is tried again, by the engine of before. */
    retryJob: (jobId: string, request: RetryRequest = {}) =>
      dataOf(client.POST('/jobs/{jobId}/retry', { ...of(jobId), body: request })),
    /** `keepalive` lets the request outlive the page that sends it. */
    async deleteJob(jobId: string, options: { keepalive?: boolean } = {}): Promise<void> {
      await client.DELETE('/jobs/{jobId}', { ...of(jobId), ...options });
    },
    getChunks: (jobId: string, options: Signalled = {}) =>
      dataOf(client.GET('/jobs/{jobId}/chunks', { ...of(jobId), ...options })),
    getSentences: (jobId: string, query: SentenceListQuery, options: Signalled = {}) =>
      dataOf(client.GET('/jobs/{jobId}/sentences', { params: { path: { jobId }, query }, ...options })),
    editSentence: (jobId: string, position: number, edit: SentenceEdit) =>
      dataOf(client.PATCH('/jobs/{jobId}/sentences/{position}', { params: { path: { jobId, position } }, body: edit })),
    getReport: (jobId: string, options: Signalled = {}) =>
      dataOf(client.GET('/jobs/{jobId}/report', { ...of(jobId), ...options })),
    /** Where events of a job can be listened to; undefined when they cannot (no EventSource, or it needs a header). */
    eventsUrl: (jobId: string) => (typeof EventSource === 'undefined' || hasToken ? undefined : path(jobId, '/events')),
    exportUrl: (jobId: string, format: ExportFormat) => path(jobId, `/export?format=${format}`),
    async getExport(jobId: string, format: ExportFormat, options: Signalled = {}): Promise<Response> {
      const params = { path: { jobId }, query: { format } };
      const { response } = await client.GET('/jobs/{jobId}/export', { params, parseAs: 'stream', ...options });
      return response;
    },
  };
}
