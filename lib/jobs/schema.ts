import { z } from 'zod';
import { Cursor, Receipt } from '@/lib/credits/schema';
import { type PageKind, TEXT_KINDS } from '@/lib/french/novel-text';
import { ENGINE_NAMES, GEMINI_MODELS, REWRITE_METHODS, SENTENCE_FLAGS } from '@/lib/rewrite/engine';
import { wholeNumber } from '@/lib/whole-number';
import { CHUNK_STATUSES, JOB_STATUSES, JOB_STEPS, SENTENCE_STATUSES } from './status';

/** A reader's own words stand beside what the engines make. */
const SENTENCE_METHODS = [...REWRITE_METHODS, 'reader'] as const;
/** And what an earlier job has made beside what was made here. */
export const STORED_FLAGS = [...SENTENCE_FLAGS, 'cached'] as const;

const count = z.int().nonnegative();
/** Of PostgreSQL’s integer. */
const MAX_INT = 2_147_483_647;

const instant = z.iso.datetime();
const flag = z.union([z.boolean(), z.stringbool()]);

const maxWords = wholeNumber(3, 50);
const minWords = wholeNumber(1, 10);

/** What a reader may choose for a job. Form fields arrive as text, JSON as values: both are taken. */
export const JobSettings = z.object({
  sentence_length_limit: maxWords.default(8),
  min_sentence_length: minWords.default(2),
  engine: z.enum(ENGINE_NAMES).optional().describe('Default: gemini where a key is configured, else offline'),
  gemini_model: z.enum(GEMINI_MODELS).default('balanced'),
  ignore_dialogue: flag.default(false),
  fix_hyphenation: flag.default(true),
  preserve_formatting: flag.default(true),
});
export type JobSettings = z.infer<typeof JobSettings>;

/** Not checked yet: what is left out is as its user usually wants it, not as everybody. */
export const SomeSettings = z.record(z.string(), z.unknown());

export const UserSettings = JobSettings.required({ engine: true }).meta({ id: 'Settings' });
export type UserSettings = z.infer<typeof UserSettings>;

export const FailedChunk = z.object({
  chunk: count,
  pages: z.string().describe('for example 16–30'),
  code: z.string(),
  retryable: z.boolean(),
  attempts: count,
});
export type FailedChunk = z.infer<typeof FailedChunk>;

export const Job = z
  .object({
    id: z.string(),
    status: z.enum(JOB_STATUSES),
    progress_percent: z.int().min(0).max(100).describe('Settled share of the work; never falls within a run'),
    current_step: z.object({ code: z.enum(JOB_STEPS), text: z.string() }),
    total_chunks: count,
    processed_chunks: count,
    failed_chunks: z.array(FailedChunk),
    retry_count: count,
    max_retries: count,
    is_cancelled: z.boolean(),
    cancelled_at: instant.nullable(),
    cancelled_by: z.string().nullable(),
    task_id: z.string(),
    engine: z.enum(ENGINE_NAMES),
    gemini_model: z.enum(GEMINI_MODELS),
    sentence_length_limit: count,
    settings: JobSettings,
    gemini_api_calls: count,
    gemini_tokens_used: count,
    processing_time_seconds: z.number().nonnegative(),
    queue_seconds: z.number().nonnegative(),
    sentences: z.object({
      total: count,
      done: count,
      kept: count,
      rewritten: count,
      skipped: count,
      failed: count,
      cached: count.describe('of the rewritten: taken from an earlier job, at no cost'),
    }),
    pages: count,
    novel: z.object({ name: z.string(), sha256: z.string() }),
    estimated_credits: count,
    reserved_credits: count,
    actual_credits: count,
    partial: z.boolean(),
    error: z.object({ code: z.string(), detail: z.string() }).nullable(),
    created_at: instant,
    started_at: instant.nullable(),
    completed_at: instant.nullable(),
    links: z.record(z.string(), z.string()),
  })
  .meta({ id: 'Job' });
export type Job = z.infer<typeof Job>;

/** Of a chunk: which engine has made its rewrites, whatever it took. */
const CHUNK_METHODS = ['offline', 'gemini', 'mixed'] as const;

export const Chunk = z
  .object({
    index: count,
    page_start: count,
    page_end: count,
    status: z.enum(CHUNK_STATUSES),
    attempts: count,
    sentences: count,
    method: z
      .enum(CHUNK_METHODS)
      .nullable()
      .describe(
        'Who made its rewrites; mixed: some by Gemini, some offline, since the model gave up on them or the job changed ' +
          'its engine. Null while there are none, or only the reader’s own. Each sentence tells its own method',
      ),
    tokens: count,
    error: z.object({ code: z.string(), detail: z.string() }).nullable(),
  })
  .meta({ id: 'Chunk' });
export type Chunk = z.infer<typeof Chunk>;

export const SentencePair = z
  .object({
    position: count,
    chunk: count,
    page_start: count,
    page_end: count,
    paragraph: count,
    kind: z.enum(TEXT_KINDS),
    original: z.string(),
    rewrites: z.array(z.string()).describe('[original] when kept or skipped; empty while pending or failed'),
    status: z.enum(SENTENCE_STATUSES),
    method: z.enum(SENTENCE_METHODS).nullable(),
    skip_reason: z.string().nullable(),
    flags: z.array(z.enum(STORED_FLAGS)).describe('cached: taken from an earlier job, at no cost'),
    locked: z.boolean(),
  })
  .meta({ id: 'Sentence' });
export type SentencePair = z.infer<typeof SentencePair>;

const pageNumbers = z.array(count);
const PagesByKind = z.object({
  text: pageNumbers,
  blank: pageNumbers,
  scanned: pageNumbers,
  garbled: pageNumbers,
  foreign: pageNumbers,
} satisfies Record<PageKind, z.ZodType>);

/** Why a rewrite is over the limit; the first that fits. */
export const OverLimitReasons = z
  .object({
    reader: count.describe('the reader’s own words'),
    blocked_by_model: count.describe('the model declined the sentence, and the grammar got no further'),
    fell_back_to_offline: count.describe('the model gave no usable answer, and the grammar got no further'),
    no_split: count.describe('the grammar found no further place where both parts stand as sentences'),
    model_overran: count.describe('the model’s best answer, though it was asked again for shorter ones'),
  })
  .describe('They add up to over_limit');
export type OverLimitReasons = z.infer<typeof OverLimitReasons>;

export const JobReport = z
  .object({
    job_id: z.string(),
    partial: z.boolean(),
    pages: z.object({ total: count, by_kind: PagesByKind }),
    sentences: z.object({
      total: count,
      kept: count,
      rewritten: count,
      failed: count,
      pending: count,
      skipped: z.record(z.string(), count),
    }),
    generated_sentences: count,
    over_limit: count.describe('rewritten, and yet longer than the limit'),
    over_limit_reasons: OverLimitReasons,
    kept_over_limit: count.describe('longer than the limit, and kept: nothing shorter could honestly be made'),
    cached_sentences: count.describe('taken from an earlier job, at no cost'),
    methods: z.record(z.string(), count),
    flags: z.record(z.string(), count),
    failed_chunks: z.array(FailedChunk),
    gemini_api_calls: count,
    gemini_tokens_used: count,
    credits: Receipt,
  })
  .meta({ id: 'Report' });
export type JobReport = z.infer<typeof JobReport>;

export const JobPage = z.object({ items: z.array(Job), next: z.string().nullable() });
export const ChunkPage = z.object({ items: z.array(Chunk), next: z.string().nullable() });
export const SentencePage = z.object({ items: z.array(SentencePair), next: z.string().nullable() });
export type JobPage = z.infer<typeof JobPage>;
export type ChunkPage = z.infer<typeof ChunkPage>;
export type SentencePage = z.infer<typeof SentencePage>;

export const JobListQuery = z.object({
  status: z.enum(JOB_STATUSES).optional(),
  q: z.string().max(200).optional().describe('part of the novel’s name'),
  cursor: Cursor.optional(),
  limit: wholeNumber(1, 100).default(20),
});
export const SentenceListQuery = z.object({
  after: wholeNumber(-1, MAX_INT).default(-1).describe('position of the last sentence already had'),
  limit: wholeNumber(1, 1000).default(200),
  page: wholeNumber(1, MAX_INT).optional().describe('only sentences that touch this page'),
  kind: z.enum(TEXT_KINDS).optional().describe('only sentences of this kind: heading gives the list of chapters'),
  q: z.string().max(200).optional().describe('only sentences whose original or rewrite contains this'),
});
export const RetryRequest = z.object({
  chunks: z
    .array(count.max(MAX_INT))
    .min(1)
    .max(1000)
    .optional()
    .describe('Only these; default: all that are not done'),
  engine: z.enum(ENGINE_NAMES).optional().describe('For what is done now, as the rest; default: the job’s own'),
  gemini_model: z.enum(GEMINI_MODELS).optional(),
  sentence_length_limit: maxWords.optional(),
  min_sentence_length: minWords.optional(),
  ignore_dialogue: flag.optional(),
});
export type RetryRequest = z.infer<typeof RetryRequest>;

const MAX_EDIT_SENTENCES = 20;
const MAX_EDIT_LENGTH = 2000;
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;
/** All that breaks a line or a file, but the white space that a paste brings along. */
const CONTROL = /[^\P{Cc}\t\r\n]/u;

export const SentenceEdit = z
  .strictObject({
    rewrites: z
      .array(
        z
          .string()
          .max(MAX_EDIT_LENGTH)
          .refine((text) => VISIBLE.test(text), 'A sentence is empty')
          .refine((text) => text.isWellFormed() && !CONTROL.test(text), 'A sentence holds what no text holds'),
      )
      .min(1)
      .max(MAX_EDIT_SENTENCES)
      .optional()
      .describe('The reader’s own sentences in place of the original; they are locked'),
    locked: z.boolean().optional().describe('Whether no run may change the sentence'),
  })
  .refine(
    ({ rewrites, locked }) => (rewrites === undefined) !== (locked === undefined),
    'Give either rewrites or locked',
  )
  .meta({ id: 'SentenceEdit', minProperties: 1, maxProperties: 1 });
export type SentenceEdit = z.infer<typeof SentenceEdit>;

export const SentencePlace = z.object({
  jobId: z.string(),
  position: wholeNumber(0, MAX_INT),
});

export const EXPORT_FORMATS = ['csv', 'json', 'txt', 'pdf'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];
export const ExportQuery = z.object({ format: z.enum(EXPORT_FORMATS) });
