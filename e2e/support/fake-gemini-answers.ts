import { z } from 'zod';
import { rewriteCarelessly, rewriteHonestly, rewriteInEnglish } from './fake-gemini-rewrites';
import type { CallSentinel, ReplySentinel, SentinelMemory } from './fake-gemini-sentinels';

/** The part of a generateContent request that the fake reads. */
const requestSchema = z.object({
  contents: z.array(z.object({ parts: z.array(z.object({ text: z.string() })).min(1) })).min(1),
  systemInstruction: z.object({ parts: z.array(z.object({ text: z.string() })) }),
  generationConfig: z.object({
    responseMimeType: z.literal('application/json'),
    responseJsonSchema: z.object({ type: z.literal('array') }),
    maxOutputTokens: z.number().max(65_536),
  }),
});

const promptSchema = z.object({
  mots_maximum: z.int().positive(),
  avant: z.string(),
  apres: z.string(),
  phrases: z.array(z.object({ numero: z.int(), phrase: z.string(), defauts: z.array(z.string()).optional() })),
});
export type Prompt = z.infer<typeof promptSchema>;

export interface FakeAnswer {
  status: number;
  headers?: Record<string, string>;
  body: unknown;
}

/** Undefined when the request is not one the fake can answer; the real API says 400 then. */
export function readPrompt(body: string): { prompt: Prompt; promptTokens: number } | undefined {
  try {
    const request = requestSchema.parse(JSON.parse(body));
    const [content] = request.contents;
    const text = content?.parts.map((part) => part.text).join('') ?? '';
    const instruction = request.systemInstruction.parts.map((part) => part.text).join('');
    return { prompt: promptSchema.parse(JSON.parse(text)), promptTokens: countTokens(instruction + text) };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return undefined;
    throw error;
  }
}

/** An error as Google writes it (google.rpc.Status), with typed details. */
export const errorAnswer = (code: number, status: string, details: object[] = [], headers = {}): FakeAnswer => ({
  status: code,
  headers,
  body: { error: { code, message: `fake ${status}`, status, details } },
});

export const keyRefusedAnswer = (): FakeAnswer =>
  errorAnswer(400, 'INVALID_ARGUMENT', [
    { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'API_KEY_INVALID', domain: 'googleapis.com' },
  ]);

/** Says when to come back as Google does, which can be less than a second. */
export const beyondLimitAnswer = (retryAfterMs: number): FakeAnswer =>
  errorAnswer(429, 'RESOURCE_EXHAUSTED', [
    { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: `${(retryAfterMs / 1000).toFixed(3)}s` },
  ]);

/** What the sentences of the prompt make the fake answer; the first fault in the order below wins. */
export function answerPrompt(prompt: Prompt, promptTokens: number, memory: SentinelMemory): FakeAnswer {
  const struck = (sentinel: CallSentinel) =>
    prompt.phrases.filter(({ phrase }) => memory.strikes(sentinel, phrase)).length > 0;
  if (struck('SentinelleRefusee')) return errorAnswer(400, 'INVALID_ARGUMENT');
  if (struck('Sentinelle429')) return errorAnswer(429, 'RESOURCE_EXHAUSTED', [], { 'retry-after': '1' });
  if (struck('Sentinelle500')) return errorAnswer(500, 'INTERNAL');
  if (struck('SentinelleBloquee')) return blockedAnswer(promptTokens);
  const text = JSON.stringify(writeReplies(prompt, memory));
  const relapses = prompt.phrases.some(({ phrase, defauts }) => defauts && memory.strikes('SentinelleRechute', phrase));
  if (relapses || struck('SentinelleTronquee')) return contentAnswer(cut(text), 'MAX_TOKENS', promptTokens);
  if (struck('SentinelleMalformee')) return contentAnswer(cut(text), 'STOP', promptTokens);
  return contentAnswer(text, 'STOP', promptTokens);
}

function writeReplies({ phrases, mots_maximum: maxWords }: Prompt, memory: SentinelMemory) {
  return phrases.flatMap(({ numero, phrase }) => {
    const struck = (sentinel: ReplySentinel) => memory.strikes(sentinel, phrase);
    if (struck('SentinelleManquante')) return [];
    if (struck('SentinelleFausse')) return { numero, phrases: rewriteCarelessly(phrase, maxWords) };
    if (struck('SentinelleLongue')) return { numero, phrases: rewriteHonestly(phrase, Number.POSITIVE_INFINITY) };
    if (struck('SentinelleAnglaise')) return { numero, phrases: rewriteInEnglish() };
    const reply = { numero, phrases: rewriteHonestly(phrase, maxWords) };
    return struck('SentinelleDouble') ? [reply, reply] : reply;
  });
}

const cut = (text: string): string => text.slice(0, Math.floor(text.length * 0.6));

/** About four characters a token. */
const countTokens = (text: string): number => Math.ceil(text.length / 4);

const usage = (promptTokenCount: number, candidatesTokenCount: number) => ({
  promptTokenCount,
  candidatesTokenCount,
  totalTokenCount: promptTokenCount + candidatesTokenCount,
});

export const contentAnswer = (text: string, finishReason: string, promptTokens: number): FakeAnswer => ({
  status: 200,
  body: {
    candidates: [{ content: { role: 'model', parts: [{ text }] }, finishReason, index: 0 }],
    usageMetadata: usage(promptTokens, countTokens(text)),
  },
});

/** Both ways in which Gemini declines: the prompt at once, or, for an odd number of tokens, the answer under way. */
const blockedAnswer = (promptTokens: number): FakeAnswer => ({
  status: 200,
  body: {
    ...(promptTokens % 2 === 0
      ? { promptFeedback: { blockReason: 'PROHIBITED_CONTENT' } }
      : { candidates: [{ finishReason: 'SAFETY', index: 0 }] }),
    usageMetadata: usage(promptTokens, 0),
  },
});
