import { z } from 'zod';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import type { ErrorCode } from '@/lib/errors';
import {
  Confirmation,
  ConfirmedJob,
  KeepFile,
  ProcessedNovel,
  Quote,
  StartedJob,
  StartForm,
} from '@/lib/jobs/quote-schema';
import { JobSettings } from '@/lib/jobs/schema';
import { confirmedJob, processedNovel, quote, startedJob } from './openapi-examples';
import { json, Location, NovelForm, ok, operation, UPLOAD_ERRORS } from './openapi-operation';

const upload = (schema: z.ZodType) => ({
  requestBody: { required: true, content: { 'multipart/form-data': { schema } } },
});
const quoteId = z.object({ quoteId: z.string() });
const Located = z.object({ Location });
const SPENDING_ERRORS: ErrorCode[] = ['INSUFFICIENT_CREDITS', 'CREDIT_LIMIT_REACHED'];
const MODEL_ERRORS: ErrorCode[] = [
  'MODEL_RATE_LIMITED',
  'MODEL_UNAVAILABLE',
  'MODEL_TIMEOUT',
  'MODEL_TRUNCATED',
  'MODEL_MALFORMED',
  'MODEL_BLOCKED',
  'MODEL_KEY_REFUSED',
  'MODEL_QUOTA_SPENT',
  'MODEL_REQUEST_REFUSED',
];

/** From a novel to a job, in one call or in three. */
export const novelPaths: ZodOpenApiPathsObject = {
  '/estimate': {
    post: operation({
      mutates: true,
      id: 'estimate',
      summary:
        'Read a novel and say what a job over it would do and cost; nothing is kept but the quote, unless asked for',
      rest: upload(NovelForm.extend(KeepFile.shape)),
      answer: ok('The quote', Quote, quote),
      codes: [...UPLOAD_ERRORS],
    }),
  },
  '/estimate/{quoteId}': {
    post: operation({
      mutates: true,
      id: 'estimateAgain',
      summary: 'The same for a file that was kept, with other settings',
      rest: { requestParams: { path: quoteId }, requestBody: { required: true, content: json(JobSettings) } },
      answer: ok('The quote; the earlier one stays good', Quote, quote),
      codes: ['NOT_FOUND', 'QUOTE_EXPIRED', 'FILE_EXPIRED', ...UPLOAD_ERRORS],
    }),
    delete: operation({
      mutates: true,
      id: 'forgetEstimate',
      summary: 'Forget a quote that was not taken, and the file that was kept with it',
      rest: { requestParams: { path: quoteId } },
      answer: { '204': { description: 'Gone' } },
      codes: ['NOT_FOUND'],
    }),
  },
  '/jobs/confirm': {
    post: operation({
      mutates: true,
      id: 'confirmJob',
      summary:
        'Take a quote, once: its credits are reserved, and the job waits for its file until the quote expires, or starts with the one that was kept',
      rest: {
        requestBody: { required: true, content: json(Confirmation, { quote_id: quote.quote_id, start: false }) },
      },
      answer: { '201': { description: 'The job', content: json(ConfirmedJob, confirmedJob), headers: Located } },
      codes: [
        'NOT_FOUND',
        'QUOTE_USED',
        'QUOTE_EXPIRED',
        'FILE_EXPIRED',
        'EARLIER_JOB_GONE',
        'INVALID_INPUT',
        'MALFORMED_REQUEST',
        ...SPENDING_ERRORS,
      ],
    }),
  },
  '/process-pdf-async': {
    post: operation({
      mutates: true,
      id: 'startConfirmedJob',
      summary: 'Send a confirmed job its file and start it; sent again, it answers with the same run',
      rest: upload(NovelForm.partial().required({ pdf_file: true }).extend(StartForm.shape)),
      answer: { '202': { description: 'The run', content: json(StartedJob, startedJob), headers: Located } },
      codes: [
        'NOT_FOUND',
        'QUOTE_MISMATCH',
        'QUOTE_EXPIRED',
        'JOB_STATE_CONFLICT',
        'FILE_MISSING',
        'FILE_TOO_LARGE',
        'MALFORMED_REQUEST',
        'UNSUPPORTED_MEDIA_TYPE',
        'INVALID_INPUT',
        'UNAVAILABLE',
      ],
    }),
  },
  '/process-pdf': {
    post: operation({
      mutates: true,
      id: 'processPdf',
      summary: 'Rewrite a novel of up to 30 pages and wait for it',
      rest: { ...upload(NovelForm), deprecated: true },
      answer: {
        '200': {
          description: 'The short sentences in order, each with the author’s',
          content: json(ProcessedNovel, processedNovel),
        },
      },
      codes: [
        'TOO_LARGE_FOR_SYNC',
        'CANCELLED',
        'JOB_TIMED_OUT',
        'NOT_FOUND',
        ...SPENDING_ERRORS,
        ...UPLOAD_ERRORS,
        ...MODEL_ERRORS,
      ],
    }),
  },
};
