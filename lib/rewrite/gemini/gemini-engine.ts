import type { LongSentence, RewriteEngine } from '@/lib/rewrite/engine';
import { expectAnswers } from '@/lib/rewrite/offline/grammar-processes';
import type { PaceCall } from '@/lib/rewrite/pace/pace-model-calls';
import type { OpenSentence } from './judge-replies';
import { createModelClient } from './model-client';
import { BATCH_WORDS, planBatches } from './plan-batches';
import { settleBatch } from './settle-batch';

export interface GeminiEngineOptions {
  apiKey: string;
  /** Where the API is, when not at Google. */
  baseUrl?: string;
  /** Takes the sentences the model could not be brought to rewrite. */
  fallback: RewriteEngine;
  /** Says when a call may be made; at once when absent. */
  paceCall?: PaceCall;
  callTimeoutMs?: number;
  /** The author's words per call. */
  batchWords?: number;
}

/** Below the 300 s after which Node's fetch gives up by itself. */
const CALL_TIMEOUT_MS = 240_000;

const atOnce: PaceCall = (call) => call();

export function createGeminiEngine(options: GeminiEngineOptions): RewriteEngine {
  const { fallback, paceCall = atOnce, callTimeoutMs = CALL_TIMEOUT_MS, batchWords = BATCH_WORDS } = options;
  const askModel = createModelClient({ apiKey: options.apiKey, baseUrl: options.baseUrl, callTimeoutMs });
  return {
    name: 'gemini',
    async rewrite(request, rewriteOptions) {
      expectAnswers();
      const neighbours = neighboursOf(request.sentences);
      const open = (sentence: LongSentence): OpenSentence => ({
        sentence,
        neighbours: neighbours.get(sentence) ?? [],
        reasons: [],
      });
      for (const batch of planBatches(request.sentences, batchWords))
        await settleBatch(batch.map(open), { request, options: rewriteOptions, askModel, paceCall, fallback });
    },
  };
}

const neighboursOf = (sentences: LongSentence[]): Map<LongSentence, string[]> =>
  new Map(
    sentences.map((sentence, index) => [
      sentence,
      sentences.slice(Math.max(0, index - 1), index + 2).flatMap((other) => (other === sentence ? [] : other.text)),
    ]),
  );
