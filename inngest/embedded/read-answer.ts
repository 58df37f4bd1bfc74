import { z } from 'zod';
import { Label } from './label';
import type { Answer } from './post-json';
import { retryAfterMs } from './retry-delay';

const ErrorBody = z.looseObject({ name: z.string().catch('Error'), message: z.string().catch('') });

const Op = z.object({
  id: Label,
  op: z.string(),
  name: z.string().nullish(),
  displayName: z.string().nullish(),
  opts: z.record(z.string(), z.unknown()).nullish(),
  data: z.unknown().optional(),
  error: z.unknown().optional(),
});
export type Op = z.infer<typeof Op>;
const Ops = z.union([z.array(Op), Op.transform((op) => [op])]);

export interface Failure {
  kind: 'failed';
  error: { name: string; message: string; stack?: unknown };
  retryable: boolean;
  retryAfterMs?: number | undefined;
}

export type Outcome =
  | { kind: 'ops'; ops: Op[]; version: number | undefined; noRetry: boolean; retryAfterMs: number | undefined }
  | { kind: 'returned'; value: unknown }
  | Failure;

export const failure = (message: string, retryable = true): Failure => ({
  kind: 'failed',
  error: { name: 'EngineError', message },
  retryable,
});

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const Streamed = z.object({ status: z.number(), headers: z.record(z.string(), z.string()), body: z.string() });

/** A streaming app says 201 at once and puts the real answer into the body. */
function unwrap(answer: Answer): Answer {
  const inner = answer.status === 201 ? Streamed.safeParse(parseJson(answer.body)) : undefined;
  if (!inner?.success) return answer;
  const headers = Object.entries(inner.data.headers).map(([name, value]) => [name.toLowerCase(), value]);
  return { ...inner.data, headers: { ...answer.headers, ...Object.fromEntries(headers) } };
}

export function readAnswer(received: Answer): Outcome {
  const { status, headers, body } = unwrap(received);
  const header = (name: string): string | undefined => [headers[name]].flat()[0];
  const noRetry = header('x-inngest-no-retry') === 'true';
  const retryAfter = retryAfterMs(header('retry-after'));
  const value = parseJson(body);

  if (status >= 200 && status < 300 && !header('x-inngest-sdk')) {
    return failure(`the app answered ${status}, but not through an Inngest SDK`);
  }
  if (status === 206) {
    const ops = Ops.safeParse(value);
    if (!ops.success) return failure('the app answered with steps that cannot be read');
    const version = Number(header('x-inngest-req-version'));
    return { kind: 'ops', ops: ops.data, version: version || undefined, noRetry, retryAfterMs: retryAfter };
  }
  if (status === 200) return { kind: 'returned', value: value ?? null };
  const error = ErrorBody.safeParse(value);
  return {
    kind: 'failed',
    error: error.success && error.data.message ? error.data : failure(`the app answered ${status}`).error,
    retryable: !noRetry,
    retryAfterMs: retryAfter,
  };
}
