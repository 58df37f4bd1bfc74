import { AppError } from '@/lib/errors';
import { parseInput } from '@/lib/parse-input';
import { defaultEngine, isAvailable } from '@/lib/rewrite/available-engines';
import type { EngineName, GeminiModel } from '@/lib/rewrite/engine';
import { JobSettings } from './schema';

/** What a job was asked to do, as jobs and quotes store it. */
export interface ChosenSettings {
  engine: EngineName;
  geminiModel: GeminiModel;
  maxWords: number;
  minWords: number;
  ignoreDialogue: boolean;
  fixHyphenation: boolean;
  preserveFormatting: boolean;
}

/**
 * From a form or from JSON, checked; what it does not name is as `usual`. Throws INVALID_INPUT, also for an engine that
 * is not configured here.
 */
export function chooseSettings(input: Record<string, unknown>, usual: Partial<JobSettings> = {}): ChosenSettings {
  const chosen = parseInput(JobSettings, { ...usual, ...input });
  const engine = chosen.engine ?? defaultEngine();
  requireEngine(engine);
  return {
    engine,
    geminiModel: chosen.gemini_model,
    maxWords: chosen.sentence_length_limit,
    minWords: chosen.min_sentence_length,
    ignoreDialogue: chosen.ignore_dialogue,
    fixHyphenation: chosen.fix_hyphenation,
    preserveFormatting: chosen.preserve_formatting,
  };
}

export function requireEngine(engine: EngineName): void {
  if (isAvailable(engine)) return;
  throw new AppError('INVALID_INPUT', `The engine ${engine} is not configured here.`, {
    fields: [{ field: 'engine', message: 'not configured on this server' }],
  });
}

/** The settings of a row, in the words of the API. */
export const toSettings = (row: ChosenSettings): Required<JobSettings> => ({
  sentence_length_limit: row.maxWords,
  min_sentence_length: row.minWords,
  engine: row.engine,
  gemini_model: row.geminiModel,
  ignore_dialogue: row.ignoreDialogue,
  fix_hyphenation: row.fixHyphenation,
  preserve_formatting: row.preserveFormatting,
});

export const pickSettings = (row: ChosenSettings): ChosenSettings => ({
  engine: row.engine,
  geminiModel: row.geminiModel,
  maxWords: row.maxWords,
  minWords: row.minWords,
  ignoreDialogue: row.ignoreDialogue,
  fixHyphenation: row.fixHyphenation,
  preserveFormatting: row.preserveFormatting,
});
