import { z } from 'zod';
import type { ZodOpenApiOperationObject, ZodOpenApiPathsObject, ZodOpenApiResponseObject } from 'zod-openapi';
import { ERRORS, type ErrorCode } from '@/lib/errors';
import { JobSettings } from '@/lib/jobs/schema';
import { problem } from './openapi-examples';
import { Problem } from './problem-schema';

/** Where an identity is got, none is asked for. */
export const ANYBODY = { security: [] };

export const json = <T extends z.ZodType>(schema: T, example?: z.output<T>) => ({
  'application/json': { schema, ...(example !== undefined && { example }) },
});

export const ok = <T extends z.ZodType>(description: string, schema: T, example?: z.output<T>) => ({
  '200': { description, content: json(schema, example) },
});

const header = (id: string, schema: z.ZodType, description: string) => schema.meta({ description, header: { id } });
const WHOLE_NUMBER = z.string().regex(/^\d+$/);

export const Location = header('Location', z.string(), 'Where the job is watched');
export const ETag = header('ETag', z.string(), 'For If-None-Match; another with every change of the job');
export const RetryAfter = header('RetryAfter', WHOLE_NUMBER, 'In how many seconds to ask again');
const Deprecation = header('Deprecation', z.string(), 'Since when there is another call: @seconds of UNIX time');
const Successor = header('Successor', z.string(), 'That call, as rel="successor-version"');
const Challenge = header('Challenge', z.literal('Bearer'), 'What to send in Authorization');

/** On every answer. */
const ALWAYS = z.object({
  'X-Request-Id': header('RequestId', z.string(), 'This request in the log; request_id of a problem'),
  'Cache-Control': header('CacheControl', z.string(), 'no-store, unless the answer says otherwise'),
  'RateLimit-Policy': header(
    'RateLimitPolicy',
    z.string().optional(),
    'Each limit that was used: "name";q=quota;w=seconds',
  ),
  RateLimit: header('RateLimit', z.string().optional(), 'What is left of each limit: "name";r=remaining;t=seconds'),
});

export const NovelForm = JobSettings.extend({
  pdf_file: z.string().meta({ type: 'string', format: 'binary', description: 'The novel' }),
});

export const UPLOAD_ERRORS: ErrorCode[] = [
  'FILE_MISSING',
  'FILE_EMPTY',
  'FILE_TOO_LARGE',
  'NOT_A_PDF',
  'PDF_DAMAGED',
  'PDF_ENCRYPTED',
  'PDF_NO_PAGES',
  'PDF_TOO_MANY_PAGES',
  'PDF_NO_TEXT',
  'PDF_UNREADABLE_TEXT',
  'PDF_TOO_COMPLEX',
  'MALFORMED_REQUEST',
  'UNSUPPORTED_MEDIA_TYPE',
  'INVALID_INPUT',
  'UNAVAILABLE',
];

interface Answer {
  description: string;
  content?: ZodOpenApiResponseObject['content'];
  headers?: z.ZodObject;
}
type Answers = Record<string, Answer>;

const PROBLEM_HEADERS: Record<number, z.ZodObject> = {
  401: z.object({ 'WWW-Authenticate': Challenge }),
  429: z.object({ 'Retry-After': RetryAfter }),
  503: z.object({ 'Retry-After': RetryAfter.optional() }),
};

/** One answer per status, its codes named: what a client can meet. */
function problems(codes: ErrorCode[]): Answers {
  const byStatus = Map.groupBy(new Set(codes), (code) => ERRORS[code].status);
  return Object.fromEntries(
    [...byStatus].map(([status, group]) => [
      String(status),
      {
        description: group.map((code) => `${code}: ${ERRORS[code].title}`).join('. '),
        content: { 'application/problem+json': { schema: Problem, ...(status === 402 && { example: problem }) } },
        headers: PROBLEM_HEADERS[status] ?? z.object({}),
      },
    ]),
  );
}

export interface Operation {
  id: string;
  summary: string;
  answer: Answers;
  codes?: ErrorCode[];
  /** Then it takes an Idempotency-Key. */
  mutates?: boolean;
  rest?: Partial<ZodOpenApiOperationObject>;
}

const FOR_ALL: ErrorCode[] = ['RATE_LIMITED', 'INTERNAL'];
const FOR_SOMEBODY: ErrorCode[] = ['UNAUTHENTICATED', 'FORBIDDEN'];

const KEY_ERRORS: ErrorCode[] = ['IDEMPOTENCY_CONFLICT', 'IDEMPOTENCY_KEY_REUSED', 'INVALID_INPUT'];
const IdempotencyKey = z
  .string()
  .regex(/^[\x21-\x7e]{1,255}$/)
  .optional()
  .meta({
    param: { id: 'IdempotencyKey' },
    description: 'Sent again with the same key, a request is not done again but answered the same, for a day',
  });
const Replayed = z.object({
  'Idempotent-Replayed': header('IdempotentReplayed', z.literal('true').optional(), 'This answer was given before'),
});

/** What every operation may answer comes by itself: for those that want an identity, that it is missing or may not. */
export function operation(described: Operation): ZodOpenApiOperationObject {
  const { id, summary, answer, codes = [], mutates = false, rest = {} } = described;
  const always = rest.security ? FOR_ALL : [...FOR_SOMEBODY, ...FOR_ALL];
  const takesJson = rest.requestBody && 'content' in rest.requestBody && 'application/json' in rest.requestBody.content;
  const ofBody: ErrorCode[] = takesJson ? ['BODY_TOO_LARGE'] : [];
  const wrong = problems([...codes, ...ofBody, ...always, ...(mutates ? KEY_ERRORS : [])]);
  const responses = Object.entries({ ...answer, ...wrong }).map(([status, { headers, ...each }]) => [
    status,
    {
      ...each,
      headers: ALWAYS.extend({
        ...(rest.deprecated && { Deprecation, Link: Successor }),
        ...(mutates && status in answer && Replayed.shape),
        ...headers?.shape,
      }),
    },
  ]);
  const requestParams = mutates
    ? { ...rest.requestParams, header: z.object({ 'Idempotency-Key': IdempotencyKey }) }
    : rest.requestParams;
  return {
    operationId: id,
    summary,
    ...rest,
    ...(requestParams && { requestParams }),
    responses: Object.fromEntries(responses),
  };
}

export const withTag = (tag: string, paths: ZodOpenApiPathsObject): ZodOpenApiPathsObject =>
  Object.fromEntries(
    Object.entries(paths).map(([path, operations]) => [
      path,
      Object.fromEntries(Object.entries(operations).map(([method, each]) => [method, { ...each, tags: [tag] }])),
    ]),
  );
