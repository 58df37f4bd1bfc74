import { FinishReason, type GenerateContentResponse, GoogleGenAI } from '@google/genai';
import { AppError, type ErrorCode, isAppError } from '@/lib/errors';
import { modelErrorOf } from './model-error';
import type { Model } from './model-ladder';
import { type ModelReply, parseReplies, REPLIES_JSON_SCHEMA, SYSTEM_INSTRUCTION } from './prompt';

type AnswerFailure = Extract<ErrorCode, 'MODEL_TRUNCATED' | 'MODEL_MALFORMED' | 'MODEL_BLOCKED'>;

/** What came back from a call that was answered. A call that was not throws. */
export type Answer = { tokens: number } & ({ replies: ModelReply[] } | { failure: AnswerFailure });

export type AskModel = (model: Model, prompt: string, signal: AbortSignal) => Promise<Answer>;

/** The output limit of every model of the ladder. */
const MAX_OUTPUT_TOKENS = 65_536;

const FAILURES: Partial<Record<FinishReason, AnswerFailure>> = {
  [FinishReason.MAX_TOKENS]: 'MODEL_TRUNCATED',
  [FinishReason.SAFETY]: 'MODEL_BLOCKED',
  [FinishReason.RECITATION]: 'MODEL_BLOCKED',
  [FinishReason.PROHIBITED_CONTENT]: 'MODEL_BLOCKED',
  [FinishReason.BLOCKLIST]: 'MODEL_BLOCKED',
  [FinishReason.SPII]: 'MODEL_BLOCKED',
  [FinishReason.LANGUAGE]: 'MODEL_BLOCKED',
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

  return async ({ name, thinkingLevel }, prompt, signal) => {
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
      if (signal.aborted) throw new AppError('CANCELLED', undefined, { cause: signal.reason });
      if (timeout.aborted) throw new AppError('MODEL_TIMEOUT', undefined, { cause: error });
      if (isAppError(error)) throw error;
      throw new AppError('MODEL_UNAVAILABLE', undefined, { cause: error });
    }
  };
}

/** The SDK's errors keep neither headers nor details, so answers other than 2xx are read before it sees them. */
const fetchOrThrow: typeof fetch = async (input, init) => {
  const response = await fetch(input, init);
  if (!response.ok) throw await modelErrorOf(response);
  return response;
};

function readAnswer({ promptFeedback, candidates, text, usageMetadata }: GenerateContentResponse): Answer {
  const tokens = usageMetadata?.totalTokenCount ?? 0;
  if (promptFeedback?.blockReason) return { tokens, failure: 'MODEL_BLOCKED' };
  const finishReason = candidates?.[0]?.finishReason ?? FinishReason.OTHER;
  const failure = FAILURES[finishReason];
  if (failure) return { tokens, failure };
  const replies = finishReason === FinishReason.STOP ? parseReplies(text ?? '') : undefined;
  return replies ? { tokens, replies } : { tokens, failure: 'MODEL_MALFORMED' };
}
