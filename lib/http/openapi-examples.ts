import type { ApiKey, CreatedApiKey, Me, NewApiKey, PasswordChange, Tokens } from '@/lib/auth/schema';
import type { Credits } from '@/lib/credits/schema';
import type { ConfirmedJob, ProcessedNovel, Quote, StartedJob } from '@/lib/jobs/quote-schema';
import type { Chunk, Job, JobReport, SentencePair, UserSettings } from '@/lib/jobs/schema';
import type { CreatedWebhook, Webhook, WebhookMessage } from '@/lib/webhooks/schema';
import type { Problem } from './problem-schema';

const JOB_ID = '01KB5ZJ8T3N6Q4W7XE9RDYV2HM';
const SELF = `/api/v1/jobs/${JOB_ID}`;
const SHA256 = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';

export const me: Me = { id: '01KB5YQ0V8ZK3F5M2T7CWHXN4D', email: 'lea@example.org', name: 'Léa', role: 'reader' };

export const credentials = { email: me.email, password: 'une salle de lecture au calme' };

export const tokens: Tokens = {
  access_token: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIwMUtCIn0.c2lnbmF0dXJl',
  refresh_token: 'm2Yv0cU6Jr4nQx8bT1kWz7aLhE5sDg3f',
  token_type: 'Bearer',
  expires_in: 3600,
};

export const newApiKey: NewApiKey = { name: 'Reading list on my server', scopes: ['read', 'process'] };

export const apiKey: ApiKey = {
  id: '01KB5YT3C7V9M1R4XPE8ZQHWN2',
  ...newApiKey,
  prefix: 'fnt_q7Rk2VbX',
  created_at: '2026-11-25T10:02:11.402Z',
  last_used_at: '2026-11-25T10:15:02.118Z',
};

export const newKey: CreatedApiKey = {
  ...apiKey,
  last_used_at: null,
  key: 'fnt_q7Rk2VbXm2Yv0cU6Jr4nQx8bT1kWz7aLhE5sDg3f',
};

export const passwordChange: PasswordChange = {
  current_password: credentials.password,
  new_password: 'trois bateaux sous la neige',
};

export const quote: Quote = {
  quote_id: '01KB5ZH2M6R8C4V0WQ7TNXPJ3E',
  expires_at: '2026-11-25T10:30:00.000Z',
  file: {
    name: 'Le Phare.pdf',
    sha256: SHA256,
    bytes: 182_044,
    pages: 12,
    text_pages: 11,
    scanned_pages: 0,
    blank_pages: 1,
    garbled_pages: 0,
    foreign_pages: 0,
  },
  sentences: 214,
  words: 3_310,
  kept_sentences: 61,
  long_sentences: 149,
  cached_sentences: 0,
  chunks: 1,
  workers: 1,
  engine: 'gemini',
  gemini_model: 'balanced',
  estimated_tokens: 14_200,
  estimated_credits: 43,
  estimated_seconds: 180,
  file_kept: false,
  warnings: [],
};

export const confirmedJob: ConfirmedJob = { job_id: JOB_ID, status: 'pending', reserved_credits: 43 };

export const startedJob: StartedJob = {
  job_id: JOB_ID,
  task_id: `${JOB_ID}-0`,
  status: 'pending',
  message: 'The novel waits for its turn.',
};

export const settings: UserSettings = {
  sentence_length_limit: 8,
  min_sentence_length: 2,
  engine: 'gemini',
  gemini_model: 'balanced',
  ignore_dialogue: false,
  fix_hyphenation: true,
  preserve_formatting: true,
};

export const job: Job = {
  id: JOB_ID,
  status: 'processing',
  progress_percent: 43,
  current_step: { code: 'rewriting', text: 'Processing chunk 2/4' },
  total_chunks: 4,
  processed_chunks: 1,
  failed_chunks: [],
  retry_count: 0,
  max_retries: 20,
  is_cancelled: false,
  cancelled_at: null,
  cancelled_by: null,
  task_id: `${JOB_ID}-0`,
  engine: 'gemini',
  gemini_model: 'balanced',
  sentence_length_limit: 8,
  settings,
  gemini_api_calls: 6,
  gemini_tokens_used: 9_130,
  processing_time_seconds: 12.4,
  queue_seconds: 0.3,
  sentences: { total: 820, done: 328, kept: 97, rewritten: 224, skipped: 7, failed: 0, cached: 0 },
  pages: 61,
  novel: { name: 'Le Phare.pdf', sha256: SHA256 },
  estimated_credits: 158,
  reserved_credits: 158,
  actual_credits: 0,
  partial: false,
  error: null,
  created_at: '2026-11-25T10:15:02.118Z',
  started_at: '2026-11-25T10:15:02.431Z',
  completed_at: null,
  links: { self: SELF, events: `${SELF}/events`, sentences: `${SELF}/sentences`, cancel: `${SELF}/cancel` },
};

export const chunk: Chunk = {
  index: 0,
  page_start: 1,
  page_end: 20,
  status: 'done',
  attempts: 1,
  sentences: 271,
  method: 'gemini',
  tokens: 9_130,
  error: null,
};

export const sentence: SentencePair = {
  position: 17,
  chunk: 0,
  page_start: 2,
  page_end: 2,
  paragraph: 5,
  kind: 'narration',
  original: 'Le gardien ouvrit la lourde porte du phare, et sa femme regarda longuement la mer grise.',
  rewrites: ['Le gardien ouvrit la lourde porte du phare.', 'Sa femme regarda longuement la mer grise.'],
  status: 'rewritten',
  method: 'gemini',
  skip_reason: null,
  flags: [],
  locked: false,
};

export const report: JobReport = {
  job_id: JOB_ID,
  partial: false,
  pages: { total: 3, by_kind: { text: [1, 3], blank: [2], scanned: [], garbled: [], foreign: [] } },
  sentences: { total: 58, kept: 16, rewritten: 40, failed: 0, pending: 0, skipped: { heading: 2 } },
  generated_sentences: 112,
  over_limit: 1,
  over_limit_reasons: { reader: 0, blocked_by_model: 0, fell_back_to_offline: 0, no_split: 0, model_overran: 1 },
  kept_over_limit: 0,
  cached_sentences: 0,
  methods: { gemini: 39, gemini_retry: 1, kept: 16 },
  flags: { over_limit: 1 },
  failed_chunks: [],
  gemini_api_calls: 2,
  gemini_tokens_used: 3_870,
  credits: { reserved: 13, settled: 12, refunded: 1 },
};

export const processedNovel: ProcessedNovel = {
  job_id: JOB_ID,
  sentences: sentence.rewrites.map((normalized) => ({ normalized, original: sentence.original })),
};

export const credits: Credits = {
  month: '2026-11',
  balance: 9_842,
  granted: 10_000,
  adjusted: 0,
  reserved: 158,
  used: 0,
  refunded: 0,
  next_reset: '2026-12-01T00:00:00.000Z',
};

export const problem: Problem = {
  type: 'urn:french-novel-tool:problem:insufficient-credits',
  title: 'Not enough credits',
  status: 402,
  detail: 'This job needs 158 credits, 120 are left.',
  instance: '/api/v1/jobs',
  code: 'INSUFFICIENT_CREDITS',
  retryable: false,
  request_id: '01KB5ZK4D2Y9H7S3MBF6QPA8GX',
  shortfall_credits: 38,
  errors: [],
};

export const webhookMessage: WebhookMessage = {
  id: 'msg_5f0c1a52c84e4d0f9b7f2d7c0a9e1b34',
  event: 'webhook.test',
  job_id: null,
  status: 'pending',
  attempts: 0,
  last_status: null,
  last_error: null,
  created_at: '2026-11-24T09:15:00.000Z',
  ended_at: null,
};

export const webhook: Webhook = {
  id: '01KB5ZQ1C7W3E9N4V6XTYH2M8R',
  url: 'https://example.org/novels',
  events: ['job.completed', 'job.failed'],
  created_at: '2026-11-24T09:10:00.000Z',
  last_message: webhookMessage,
};

export const createdWebhook: CreatedWebhook = {
  ...webhook,
  last_message: null,
  secret: 'whsec_c2VjcmV0IHNlY3JldCBzZWNyZXQgc2VjcmV0IQ==',
};
