import { FinishReason, type GenerateContentResponse, GoogleGenAI } from '@google/genai';
import { AppError, isAppError } from '@/lib/errors';
import { FAILURES, type FailureKind } from '@/lib/failures';
import { countModelCall } from '@/lib/metrics/counters';
import { modelErrorOf } from './model-error';
import type { Model } from './model-ladder';
import { type ModelReply, parseReplies, REPLIES_JSON_SCHEMA, SYSTEM_INSTRUCTION } from './prompt';

type BlockKind = Extract<FailureKind, `blocked${string}`>;
type AnswerFailureKind =
  | BlockKind
  | Extract<FailureKind, 'answerCutOff' | 'promptBlocked' | 'repliesMalformed' | 'noCandidates' | 'endedOtherwise'>;
type AnswerFailure = (typeof FAILURES)[AnswerFailureKind | 'budgetSpent']['code'];

/** What came back from a call that was answered. A call that was not throws. */
export type Answer = { tokens: number } & ({ replies: ModelReply[] } | { failure: AnswerFailure });

export type AskModel = (model: Model, prompt: string, signal: AbortSignal) => Promise<Answer>;

/** The output limit of every model of the ladder. */
const MAX_OUTPUT_TOKENS = 65_536;

const FINISHES: Partial<Record<FinishReason, 'answerCutOff' | BlockKind>> = {
  [FinishReason.MAX_TOKENS]: 'answerCutOff',
  [FinishReason.SAFETY]: 'blockedForSafety',
  [FinishReason.RECITATION]: 'blockedForRecitation',
  [FinishReason.PROHIBITED_CONTENT]: 'blockedAsProhibited',
  [FinishReason.BLOCKLIST]: 'blockedByList',
  [FinishReason.SPII]: 'blockedForPersonalData',
  [FinishReason.LANGUAGE]: 'blockedForLanguage',
};

/** One call each, without retries. Throws AppError MODEL_* when the model could not be asked, CANCELLED on `signal`. */
export function createModelClient(options: { apiKey: string; baseUrl?: string; callTimeoutMs: number }): AskModel {
  const { apiKey, baseUrl, callTimeoutMs } = options;
  const client = new GoogleGenAI({
    apiKey,
    vertexai: false,
    apiVersion: 'v1beta',
    httpOptions: { ...(baseUrl && { baseUrl }), fetch: fetchOrThrow },
  });

  return counted(async ({ name, thinkingLevel }, prompt, signal) => {
    // Not the SDK's own timeout: it could not be told from a cancellation.
    const timeout = AbortSignal.timeout(callTimeoutMs);
    try {
      const response = await client.models.generateContent({
        model: name,
        contents: prompt,
        config: {
          abortSignal: AbortSignal.any([signal, timeout]),
          systemInstruction: SYSTEM_INSTRUCTION,
          responseMimeType: 'application/json',
          responseJsonSchema: REPLIES_JSON_SCHEMA,
          temperature: 0,
          maxOutputTokens: MAX_OUTPUT_TOKENS,
          automaticContinuation: false,
          ...(thinkingLevel && { thinkingConfig: { thinkingLevel } }),
        },
      });
      return readAnswer(response);
    } catch (error) {
      if (signal.aborted) throw new AppError(FAILURES.cancelled.code, undefined, { cause: signal.reason });
      if (timeout.aborted) throw new AppError(FAILURES.callTimedOut.code, undefined, { cause: error });
      if (isAppError(error)) throw error;
      // Refused, reset, lost in the middle, or no JSON: the SDK tells them apart by their texts only.
      throw new AppError(FAILURES.connectionReset.code, undefined, { cause: error });
    }
  });
}

const counted =
  (ask: AskModel): AskModel =>
  async (...asked) => {
    try {
      const answer = await ask(...asked);
      countModelCall('failure' in answer ? answer.failure : 'answered');
      return answer;
    } catch (error) {
      countModelCall(isAppError(error) ? error.code : 'INTERNAL');
      throw error;
    }
  };

/** The SDK's errors keep neither headers nor details, so answers other than 2xx are read before it sees them. */
const fetchOrThrow: typeof fetch = async (input, init) => {
  const response = await fetch(input, init);
  if (!response.ok) throw await modelErrorOf(response);
  return response;
};

function readAnswer({ promptFeedback, candidates, text, usageMetadata }: GenerateContentResponse): Answer {
  const tokens = usageMetadata?.totalTokenCount ?? 0;
  const failed = (kind: AnswerFailureKind): Answer => ({ tokens, failure: FAILURES[kind].code });
  if (promptFeedback?.blockReason) return failed('promptBlocked');
  const finishReason = candidates?.[0]?.finishReason;
  if (finishReason === undefined) return failed('noCandidates');
  const finish = FINISHES[finishReason];
  if (finish) return failed(finish);
  if (finishReason !== FinishReason.STOP) return failed('endedOtherwise');
  const replies = parseReplies(text ?? '');
  return replies ? { tokens, replies } : failed('repliesMalformed');
}
