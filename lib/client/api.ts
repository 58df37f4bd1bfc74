import type { z } from 'zod';
import { Me, RegisteredUser, Tokens } from '@/lib/auth/schema';
import {
  ChunkPage,
  type ExportFormat,
  Job,
  type JobListQuery,
  JobPage,
  JobReport,
  type JobSettings,
  type RetryRequest,
  type SentenceEdit,
  type SentenceListQuery,
  SentencePage,
  SentencePair,
} from '@/lib/jobs/schema';
import { errorOf, unreachable } from './api-error';
import { type UploadProgress, uploadWithProgress } from './upload-with-progress';

interface ApiOptions {
  /** Empty in the browser: same origin, with its cookies. */
  baseUrl?: string;
  /** Asked before every request, so that it may change. */
  accessToken?: () => string | undefined;
}

interface Signalled {
  signal?: AbortSignal;
}

interface CreateJobOptions extends Signalled {
  onUploadProgress?: (progress: UploadProgress) => void;
}

export interface TaggedJob {
  job: Job;
  etag: string | null;
}

export type Api = ReturnType<typeof createApi>;

/** The public API, typed: in the browser by cookie, from Node by `baseUrl` and bearer token. Throws ApiError. */
export function createApi({ baseUrl = '', accessToken }: ApiOptions = {}) {
  const headers = (): Record<string, string> => {
    const token = accessToken?.();
    return token === undefined ? {} : { authorization: `Bearer ${token}` };
  };
  const url = (path: string) => `${baseUrl}/api/v1${path}`;

  async function send(path: string, init: RequestInit = {}): Promise<Response> {
    const response = await answer(fetch(url(path), { ...init, headers: { ...headers(), ...init.headers } }));
    if (response.ok || response.status === 304) return response;
    throw errorOf(response.status, await response.text(), response.headers.get('retry-after'));
  }
  async function ask<Body>(schema: z.ZodType<Body>, path: string, init?: RequestInit): Promise<Body> {
    const response = await send(path, init);
    return schema.parse(await answer(response.json()));
  }
  const post = (body: unknown): RequestInit => ({
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const job = (jobId: string, rest = '') => `/jobs/${encodeURIComponent(jobId)}${rest}`;

  return {
    register: (account: { email: string; password: string; name?: string }) =>
      ask(RegisteredUser, '/auth/register', post(account)),
    token: (credentials: { email: string; password: string }) => ask(Tokens, '/auth/token', post(credentials)),
    me: () => ask(Me, '/auth/me'),

    async createJob(file: File, settings: Partial<JobSettings>, options: CreateJobOptions = {}): Promise<Job> {
      const form = new FormData();
      // Settings first: the server reads the form as a stream.
      for (const [name, value] of Object.entries(settings)) form.append(name, String(value));
      form.append('pdf_file', file, file.name);
      const { signal, onUploadProgress } = options;
      if (onUploadProgress === undefined)
        return ask(Job, '/jobs', { method: 'POST', body: form, ...withSignal(signal) });
      const body = await uploadWithProgress(url('/jobs'), form, { headers: headers(), onUploadProgress, signal });
      return Job.parse(body);
    },
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
    retryJob: (jobId: string, request: RetryRequest = {}) => ask(Job, job(jobId, '/retry'), post(request)),
    /** `keepalive` lets the request outlive the page that sends it. */
    async deleteJob(jobId: string, options: { keepalive?: boolean } = {}): Promise<void> {
      await send(job(jobId), { method: 'DELETE', ...options });
    },
    getChunks: (jobId: string, options: Signalled = {}) => ask(ChunkPage, job(jobId, '/chunks'), options),
    getSentences: (jobId: string, query: Partial<z.input<typeof SentenceListQuery>>, options: Signalled = {}) =>
      ask(SentencePage, job(jobId, `/sentences${queryString(query)}`), options),
    editSentence: (jobId: string, position: number, edit: SentenceEdit) =>
      ask(SentencePair, job(jobId, `/sentences/${position}`), { ...post(edit), method: 'PATCH' }),
    getReport: (jobId: string, options: Signalled = {}) => ask(JobReport, job(jobId, '/report'), options),
    /** Where events of a job can be listened to; undefined when they cannot (no EventSource, or it needs a header). */
    eventsUrl: (jobId: string) =>
      typeof EventSource === 'undefined' || accessToken !== undefined ? undefined : url(job(jobId, '/events')),
    exportUrl: (jobId: string, format: ExportFormat) => url(job(jobId, `/export?format=${format}`)),
    async getExport(jobId: string, format: ExportFormat, options: Signalled = {}): Promise<Response> {
      return send(job(jobId, `/export?format=${format}`), options);
    },
  };
}

const withSignal = (signal: AbortSignal | undefined) => (signal === undefined ? {} : { signal });

/** A request given up by its own caller stays what it is; any other failure to get an answer is UNREACHABLE. */
async function answer<Value>(pending: Promise<Value>): Promise<Value> {
  try {
    return await pending;
  } catch (error) {
    if (error instanceof DOMException) throw error;
    throw unreachable(error);
  }
}

function queryString(query: Record<string, unknown>): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  if (given.length === 0) return '';
  return `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
}
