import type { TextKind } from '@/lib/french/novel-text';

/** What both engines do: take sentences over the limit, give each its short sentences back. */
export const ENGINE_NAMES = ['offline', 'gemini'] as const;
export type EngineName = (typeof ENGINE_NAMES)[number];

export const GEMINI_MODELS = ['balanced', 'quality', 'speed'] as const;
export type GeminiModel = (typeof GEMINI_MODELS)[number];

export interface RewriteSettings {
  /** A sentence with more words is rewritten. */
  maxWords: number;
  /** A generated sentence has at least so many words. */
  minWords: number;
  geminiModel: GeminiModel;
}

export interface LongSentence {
  /** 0-based place in the job; the number by which a rewrite knows its original. */
  position: number;
  kind: TextKind;
  text: string;
}

/** How a rewrite came about; `kept` when nothing shorter could honestly be made. */
export const REWRITE_METHODS = ['kept', 'offline', 'gemini', 'gemini_retry', 'gemini_stronger'] as const;
export type RewriteMethod = (typeof REWRITE_METHODS)[number];

/** What the reader is told about a rewrite. The checks of `check-reply.ts` come first, then how the engine fared. */
export const SENTENCE_FLAGS = [
  'over_limit',
  'no_finite_verb',
  'bad_capital_or_mark',
  'not_french',
  'name_missing',
  'number_missing',
  'negation_missing',
  'content_missing',
  'name_added',
  'copy_of_neighbour',
  'nominal',
  'fell_back_to_offline',
  'blocked_by_model',
] as const;
export type SentenceFlag = (typeof SENTENCE_FLAGS)[number];

export interface Rewrite {
  position: number;
  /** `kept`: rewrites is [the original]. */
  status: 'rewritten' | 'kept';
  rewrites: string[];
  method: RewriteMethod;
  flags: SentenceFlag[];
}

export interface RewriteRequest {
  sentences: LongSentence[];
  /** Read-only neighbours from the page before and the page after. */
  before: string;
  after: string;
  settings: RewriteSettings;
}

export interface Usage {
  calls: number;
  tokens: number;
}

export interface RewriteOptions {
  signal: AbortSignal;
  /** Called as soon as some sentences are settled, so that they can be stored before the rest is done. */
  onSettled: (rewrites: Rewrite[], usage: Usage) => Promise<void>;
  /**
   * Awaited before each model call; throws when the job no longer wants it (cancelled, over time), or MODEL_BUDGET_SPENT
   * when it is to be done without the model.
   */
  beforeCall: () => Promise<void>;
}

export interface RewriteEngine {
  name: EngineName;
  /**
   * Settles every sentence of the request exactly once through `onSettled`.
   * Throws AppError (MODEL_* or CANCELLED) when it cannot go on; what was settled stays settled.
   */
  rewrite(request: RewriteRequest, options: RewriteOptions): Promise<void>;
}
