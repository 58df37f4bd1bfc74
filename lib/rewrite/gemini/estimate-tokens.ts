import { countWords } from '@/lib/french/words';
import type { LongSentence, RewriteSettings } from '@/lib/rewrite/engine';
import { BATCH_WORDS, planBatches } from './plan-batches';
import { SYSTEM_INSTRUCTION, writePrompt } from './prompt';

/** One request to the engine, as far as its cost goes. */
export interface ExpectedRequest {
  sentences: LongSentence[];
  /** How much of the neighbouring pages goes with every call. */
  contextCharacters: number;
}

const CHARACTERS_PER_TOKEN = 4;
/** A sentence cut into short ones repeats its subject and finds a verb: so much, with quotes and comma, for each. */
const CHARACTERS_PER_SHORT_SENTENCE = 14;
/** Short sentences do not fill the limit to the last word. */
const UNUSED_WORDS = 2;
/** Number and brackets of a reply. */
const CHARACTERS_PER_REPLY = 30;

/** What Gemini will count for these requests, prompts and answers, when it is understood at the first asking. */
export function estimateTokens(requests: ExpectedRequest[], settings: RewriteSettings): number {
  let characters = 0;
  for (const { sentences, contextCharacters } of requests) {
    for (const batch of planBatches(sentences, BATCH_WORDS)) {
      const questions = batch.map((sentence) => ({ sentence, reasons: [] }));
      const prompt = writePrompt({ settings, before: '', after: '' }, questions);
      characters += SYSTEM_INSTRUCTION.length + prompt.length + contextCharacters;
      for (const { text } of batch) characters += replyCharacters(text, settings.maxWords);
    }
  }
  return Math.ceil(characters / CHARACTERS_PER_TOKEN);
}

function replyCharacters(text: string, maxWords: number): number {
  const shortSentences = Math.ceil(countWords(text) / Math.max(1, maxWords - UNUSED_WORDS));
  return text.length + shortSentences * CHARACTERS_PER_SHORT_SENTENCE + CHARACTERS_PER_REPLY;
}
