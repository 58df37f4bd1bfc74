import { z } from 'zod';
import { ENGINE_NAMES, GEMINI_MODELS } from '@/lib/rewrite/engine';
import { JOB_STATUSES } from './status';

const count = z.int().nonnegative();

const QUOTE_WARNINGS = [
  'SCANNED_PAGES',
  'GARBLED_PAGES',
  'FOREIGN_PAGES',
  'NOTHING_TO_REWRITE',
  'INSUFFICIENT_CREDITS',
] as const;

export const Quote = z
  .object({
    quote_id: z.string(),
    expires_at: z.iso.datetime(),
    file: z.object({
      name: z.string(),
      sha256: z.string(),
      bytes: count,
      pages: count,
      text_pages: count,
      scanned_pages: count,
      blank_pages: count,
      garbled_pages: count,
      foreign_pages: count,
    }),
    sentences: count,
    words: count,
    kept_sentences: count.describe('at or under the limit: they stay as they are'),
    long_sentences: count.describe('over the limit: they will be rewritten; all others are left alone'),
    cached_sentences: count.describe(
      'of these: taken from your earlier jobs with the same file and settings, at no cost',
    ),
    chunks: count,
    workers: count.describe('chunks at a time'),
    engine: z.enum(ENGINE_NAMES),
    gemini_model: z.enum(GEMINI_MODELS),
    estimated_tokens: count,
    estimated_credits: count.describe('what POST /jobs/confirm will reserve'),
    estimated_seconds: count.describe('of work, at the pace of the last jobs here; waiting for a turn not counted'),
    file_kept: z.boolean().describe('until the quote expires: it need not be sent again'),
    warnings: z.array(z.object({ code: z.enum(QUOTE_WARNINGS), detail: z.string() })),
  })
  .meta({ id: 'Quote' });
export type Quote = z.infer<typeof Quote>;

/** The form of POST /estimate has this beside the settings. */
export const KeepFile = z.object({
  keep_file: z.stringbool().default(false).describe('Keep the file until the quote expires, to start without it'),
});

export const Confirmation = z.object({
  quote_id: z.string().min(1).max(100),
  start: z.boolean().default(false).describe('Start at once, with the file that was kept with the quote'),
});
export type Confirmation = z.infer<typeof Confirmation>;

export const ConfirmedJob = z
  .object({ job_id: z.string(), status: z.enum(JOB_STATUSES), reserved_credits: count })
  .meta({ id: 'ConfirmedJob' });
export type ConfirmedJob = z.infer<typeof ConfirmedJob>;

/** The form of POST /process-pdf-async, beside the file; settings, where sent, must be those of the quote. */
export const StartForm = z.object({ job_id: z.string().min(1).max(100) });

export const StartedJob = z
  .object({ job_id: z.string(), task_id: z.string(), status: z.enum(JOB_STATUSES), message: z.string() })
  .meta({ id: 'StartedJob' });
export type StartedJob = z.infer<typeof StartedJob>;

/** The answer of the older, synchronous call: one entry for each short sentence. */
export const ProcessedNovel = z
  .object({
    job_id: z.string(),
    sentences: z.array(z.object({ normalized: z.string(), original: z.string() })),
  })
  .meta({ id: 'ProcessedNovel' });
export type ProcessedNovel = z.infer<typeof ProcessedNovel>;
