import { describe, expect, it } from 'vitest';
import { Me, Tokens } from '@/lib/auth/schema';
import { Credits, Receipt } from '@/lib/credits/schema';
import { ConfirmedJob, ProcessedNovel, Quote, StartedJob } from '@/lib/jobs/quote-schema';
import { Chunk, FailedChunk, Job, JobReport, JobSettings, SentencePair, UserSettings } from '@/lib/jobs/schema';
import { openApiDocument } from './openapi';
import { Problem } from './problem-schema';

/** What clients were promised; more may come, nothing may go. */
const FIELDS = {
  'a problem': [Problem, 'type title status detail instance code retryable errors'],
  tokens: [Tokens, 'access_token refresh_token token_type expires_in'],
  me: [Me, 'id email'],
  'a quote': [
    Quote,
    'quote_id expires_at file sentences words kept_sentences chunks workers engine gemini_model estimated_tokens ' +
      'estimated_credits warnings',
  ],
  'the file of a quote': [Quote.shape.file, 'name sha256 bytes pages text_pages scanned_pages blank_pages'],
  'a confirmed job': [ConfirmedJob, 'job_id status reserved_credits'],
  'a started job': [StartedJob, 'job_id task_id status message'],
  'a job': [
    Job,
    'id status progress_percent current_step total_chunks processed_chunks failed_chunks retry_count max_retries ' +
      'is_cancelled cancelled_at cancelled_by task_id engine gemini_model sentence_length_limit gemini_api_calls ' +
      'gemini_tokens_used processing_time_seconds queue_seconds sentences pages novel estimated_credits reserved_credits ' +
      'actual_credits partial error created_at started_at completed_at links',
  ],
  'the step of a job': [Job.shape.current_step, 'code text'],
  'the sentences of a job': [Job.shape.sentences, 'total done kept rewritten failed'],
  'the novel of a job': [Job.shape.novel, 'name sha256'],
  'a failed chunk': [FailedChunk, 'chunk pages code retryable attempts'],
  'a chunk': [Chunk, 'index page_start page_end status attempts sentences method tokens error'],
  'a sentence': [SentencePair, 'position chunk page_start page_end original rewrites status method flags locked'],
  'a report': [
    JobReport,
    'pages sentences over_limit over_limit_reasons methods gemini_api_calls gemini_tokens_used credits',
  ],
  'a receipt': [Receipt, 'reserved settled refunded'],
  'an old answer': [ProcessedNovel, 'job_id sentences'],
  'a sentence of an old answer': [ProcessedNovel.shape.sentences.element, 'normalized original'],
  credits: [Credits, 'balance granted reserved used refunded next_reset'],
  settings: [
    UserSettings,
    'sentence_length_limit min_sentence_length engine gemini_model ignore_dialogue fix_hyphenation preserve_formatting',
  ],
} as const;

it.each(Object.entries(FIELDS))('%s has every field of the contract', (_, [schema, names]) => {
  expect(Object.keys(schema.shape)).toEqual(expect.arrayContaining(names.split(' ')));
});

const ROUTES = `
  POST /auth/register 201 409 422
  POST /auth/token 200 401 429
  POST /auth/refresh 200 401
  GET /auth/me 200
  GET /api-keys 200
  POST /api-keys 201
  DELETE /api-keys/{keyId} 204
  POST /estimate 200
  POST /jobs/confirm 201 402 409
  POST /process-pdf-async 202 409
  POST /jobs 202 402
  GET /jobs 200
  GET /jobs/{jobId} 200 304 404
  GET /jobs/{jobId}/events 200 404
  POST /jobs/{jobId}/cancel 200 409
  POST /jobs/{jobId}/retry 202 409
  GET /jobs/{jobId}/chunks 200
  GET /jobs/{jobId}/sentences 200
  GET /jobs/{jobId}/report 200
  PATCH /jobs/{jobId}/sentences/{position} 200 409
  GET /jobs/{jobId}/export 200
  DELETE /jobs/{jobId} 204
  POST /process-pdf 200 413
  GET /credits 200
  GET /credits/ledger 200
  GET /settings 200
  PUT /settings 200 422
  GET /openapi.json 200`;

describe('the document', () => {
  // As a client gets it.
  const document: {
    openapi: string;
    paths: Record<string, Record<string, { responses: object; deprecated?: boolean } | undefined> | undefined>;
  } = JSON.parse(JSON.stringify(openApiDocument()));

  it.each(ROUTES.trim().split(/\n\s*/))('knows %s', (line) => {
    const [method = '', path = '', ...statuses] = line.split(' ');
    const operation = document.paths[path]?.[method.toLowerCase()];
    expect(Object.keys(operation?.responses ?? {})).toEqual(expect.arrayContaining(statuses));
  });

  it('is OpenAPI 3.1', () => {
    expect(document.openapi).toMatch(/^3\.1\./);
  });
});

it('settings are what the contract says where nothing is said, and no further than it allows', () => {
  expect(JobSettings.parse({})).toEqual({
    sentence_length_limit: 8,
    min_sentence_length: 2,
    gemini_model: 'balanced',
    ignore_dialogue: false,
    fix_hyphenation: true,
    preserve_formatting: true,
  });
  const takes = (settings: object) => JobSettings.safeParse(settings).success;
  expect([2, 3, 50, 51].map((sentence_length_limit) => takes({ sentence_length_limit }))).toEqual([
    ...[false, true, true, false],
  ]);
  expect([0, 1, 10, 11].map((min_sentence_length) => takes({ min_sentence_length }))).toEqual([
    ...[false, true, true, false],
  ]);
  const models = ['balanced', 'quality', 'speed', 'gemini-3-pro'];
  expect(models.map((gemini_model) => takes({ gemini_model }))).toEqual([true, true, true, false]);
  for (const nonsense of [-8, 8.5, '8.0e0', '٨', null, [8], Number.NaN, 1e300])
    expect(takes({ sentence_length_limit: nonsense }), String(nonsense)).toBe(false);
});
