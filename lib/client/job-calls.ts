import type { z } from 'zod';
import {
  ChunkPage,
  type ExportFormat,
  Job,
  type JobListQuery,
  JobPage,
  JobReport,
  type RetryRequest,
  type SentenceEdit,
  type SentenceListQuery,
  SentencePage,
  SentencePair,
} from '@/lib/jobs/schema';
import { answer, queryString, type Signalled, type Transport, withBody } from './transport';

export interface TaggedJob {
  job: Job;
  etag: string | null;
}

/** Watching, stopping and reading a job. */
export function jobCalls({ ask, send, url, hasToken }: Transport) {
  const job = (jobId: string, rest = '') => `/jobs/${encodeURIComponent(jobId)}${rest}`;
  return {
    listJobs: (query: Partial<z.input<typeof JobListQuery>> = {}, options: Signalled = {}) =>
      ask(JobPage, `/jobs${queryString(query)}`, options),
    getJob: (jobId: string, options: Signalled = {}) => ask(Job, job(jobId), options),
    /** Undefined when nothing changed since `etag`. */
    async findChangedJob(jobId: string, etag: string | null, options: Signalled = {}): Promise<TaggedJob | undefined> {
      const response = await send(job(jobId), { ...options, headers: etag === null ? {} : { 'if-none-match': etag } });
      if (response.status === 304) return undefined;
      return { job: Job.parse(await answer(response.json())), etag: response.headers.get('etag') };
    },
    cancelJob: (jobId: string) => ask(Job, job(jobId, '/cancel'), { method: 'POST' }),
    /** Without more ado all that is not done is tried again, by the engine of before. */
    retryJob: (jobId: string, request: RetryRequest = {}) => ask(Job, job(jobId, '/retry'), withBody('POST', request)),
    /** `keepalive` lets the request outlive the page that sends it. */
    async deleteJob(jobId: string, options: { keepalive?: boolean } = {}): Promise<void> {
      await send(job(jobId), { method: 'DELETE', ...options });
    },
    getChunks: (jobId: string, options: Signalled = {}) => ask(ChunkPage, job(jobId, '/chunks'), options),
    getSentences: (jobId: string, query: Partial<z.input<typeof SentenceListQuery>>, options: Signalled = {}) =>
      ask(SentencePage, job(jobId, `/sentences${queryString(query)}`), options),
    editSentence: (jobId: string, position: number, edit: SentenceEdit) =>
      ask(SentencePair, job(jobId, `/sentences/${position}`), withBody('PATCH', edit)),
    getReport: (jobId: string, options: Signalled = {}) => ask(JobReport, job(jobId, '/report'), options),
    /** Where events of a job can be listened to; undefined when they cannot (no EventSource, or it needs a header). */
    eventsUrl: (jobId: string) =>
      typeof EventSource === 'undefined' || hasToken ? undefined : url(job(jobId, '/events')),
    exportUrl: (jobId: string, format: ExportFormat) => url(job(jobId, `/export?format=${format}`)),
    async getExport(jobId: string, format: ExportFormat, options: Signalled = {}): Promise<Response> {
      return send(job(jobId, `/export?format=${format}`), options);
    },
  };
}
