import { z } from 'zod';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import type { ErrorCode } from '@/lib/errors';
import {
  ChunkPage,
  ExportQuery,
  Job,
  JobListQuery,
  JobPage,
  JobReport,
  RetryRequest,
  SentenceEdit,
  SentenceListQuery,
  SentencePage,
  SentencePair,
  SentencePlace,
} from '@/lib/jobs/schema';
import { chunk, job, report, sentence } from './openapi-examples';
import {
  ETag,
  json,
  Location,
  NovelForm,
  type Operation,
  ok,
  operation,
  RetryAfter,
  UPLOAD_ERRORS,
} from './openapi-operation';

const jobId = z.object({ jobId: z.string() });
const Versioned = z.object({ ETag, 'Retry-After': RetryAfter.optional() });

const waiting: Job = { ...job, status: 'pending', current_step: { code: 'queued', text: 'Waiting to start' } };
const stopped: Job = { ...job, status: 'cancelled', current_step: { code: 'cancelled', text: 'Stopped' } };

const ofJob = (rest: Omit<Operation, 'codes'> & { codes?: ErrorCode[] }) =>
  operation({
    ...rest,
    codes: ['NOT_FOUND', ...(rest.codes ?? [])],
    rest: { ...rest.rest, requestParams: { path: jobId, ...rest.rest?.requestParams } },
  });

export const jobPaths: ZodOpenApiPathsObject = {
  '/jobs': {
    get: operation({
      id: 'listJobs',
      summary: 'My jobs, the newest first',
      rest: { requestParams: { query: JobListQuery } },
      answer: ok('A page of jobs', JobPage, { items: [job], next: job.id }),
      codes: ['INVALID_INPUT'],
    }),
    post: operation({
      mutates: true,
      id: 'createJob',
      summary: 'Upload a novel and start rewriting it',
      rest: { requestBody: { required: true, content: { 'multipart/form-data': { schema: NovelForm } } } },
      answer: {
        '202': {
          description: 'The job; Location tells where to watch it',
          content: json(Job, job),
          headers: z.object({ Location }),
        },
      },
      codes: ['INSUFFICIENT_CREDITS', 'CREDIT_LIMIT_REACHED', ...UPLOAD_ERRORS],
    }),
  },
  '/jobs/{jobId}': {
    get: ofJob({
      id: 'getJob',
      summary: 'One job; send its ETag back as If-None-Match to be told only of changes',
      answer: {
        '200': { description: 'The job', content: json(Job, job), headers: Versioned },
        '304': { description: 'Nothing has changed', headers: Versioned },
      },
    }),
    delete: ofJob({
      mutates: true,
      id: 'deleteJob',
      summary: 'Remove a job with its file and text; a running one is stopped',
      answer: { '204': { description: 'Gone' } },
    }),
  },
  '/jobs/{jobId}/events': {
    get: ofJob({
      id: 'watchJob',
      summary: 'The job as server-sent events, one for each change',
      answer: {
        '200': {
          description: 'event: job, id: a growing number, data: the job as GET /jobs/{jobId} gives it',
          content: { 'text/event-stream': { schema: z.string() } },
        },
      },
    }),
  },
  '/jobs/{jobId}/cancel': {
    post: ofJob({
      mutates: true,
      id: 'cancelJob',
      summary: 'Stop a job; what is done stays readable. Twice is the same as once',
      answer: ok('The cancelled job', Job, stopped),
      codes: ['JOB_STATE_CONFLICT'],
    }),
  },
  '/jobs/{jobId}/retry': {
    post: ofJob({
      mutates: true,
      id: 'retryJob',
      summary: 'Run what failed or was left open once more; nothing done is done again',
      rest: { requestBody: { required: false, content: json(RetryRequest, { chunks: [2] }) } },
      answer: { '202': { description: 'The job, waiting again', content: json(Job, waiting) } },
      codes: [
        'FILE_EXPIRED',
        'INVALID_INPUT',
        'JOB_STATE_CONFLICT',
        'MALFORMED_REQUEST',
        'INSUFFICIENT_CREDITS',
        'CREDIT_LIMIT_REACHED',
        'UNAVAILABLE',
      ],
    }),
  },
  '/jobs/{jobId}/chunks': {
    get: ofJob({
      id: 'listChunks',
      summary: 'The page ranges of a job',
      answer: ok('All chunks', ChunkPage, { items: [chunk], next: null }),
    }),
  },
  '/jobs/{jobId}/sentences': {
    get: ofJob({
      id: 'listSentences',
      summary: 'The author’s sentences in order, each with its rewrite; readable while the job runs',
      rest: { requestParams: { query: SentenceListQuery } },
      answer: ok('A page of sentences', SentencePage, { items: [sentence], next: String(sentence.position) }),
      codes: ['INVALID_INPUT'],
    }),
  },
  '/jobs/{jobId}/sentences/{position}': {
    patch: ofJob({
      mutates: true,
      id: 'editSentence',
      summary: 'The reader’s own words for a sentence, or only its lock; a retry leaves both as they are',
      rest: {
        requestParams: { path: SentencePlace },
        requestBody: { required: true, content: json(SentenceEdit, { rewrites: sentence.rewrites }) },
      },
      answer: ok('The sentence as it is now', SentencePair, sentence),
      codes: ['INVALID_INPUT', 'JOB_STATE_CONFLICT', 'MALFORMED_REQUEST'],
    }),
  },
  '/jobs/{jobId}/report': {
    get: ofJob({
      id: 'getReport',
      summary: 'What became of every page and sentence',
      answer: ok('The report', JobReport, report),
    }),
  },
  '/jobs/{jobId}/export': {
    get: ofJob({
      id: 'exportJob',
      summary: 'The rewritten novel as a file',
      rest: { requestParams: { query: ExportQuery } },
      answer: {
        '200': {
          description: 'The file',
          content: {
            'text/csv': { schema: z.string() },
            'text/plain': { schema: z.string() },
            'application/json': { schema: z.looseObject({}) },
            'application/pdf': { schema: z.string().meta({ format: 'binary' }) },
          },
          headers: z.object({ 'Content-Disposition': z.string().describe('with the novel’s own name') }),
        },
      },
      codes: ['INVALID_INPUT', 'UNAVAILABLE'],
    }),
  },
};
