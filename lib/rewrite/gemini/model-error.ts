import { z } from 'zod';
import { AppError, type ErrorCode } from '@/lib/errors';

/** google.rpc.Status, as far as it is of use here. */
const statusSchema = z.object({
  error: z.object({
    details: z
      .array(z.object({ '@type': z.string(), retryDelay: z.string().optional(), reason: z.string().optional() }))
      .default([]),
  }),
});
type Detail = z.infer<typeof statusSchema>['error']['details'][number];

const RETRY_INFO = 'type.googleapis.com/google.rpc.RetryInfo';
const ERROR_INFO = 'type.googleapis.com/google.rpc.ErrorInfo';

/** What an answer other than 2xx means, decided from its status, headers and typed details. */
export async function modelErrorOf(response: Response): Promise<AppError> {
  const body: unknown = await response.json().catch(() => undefined);
  const details = statusSchema.safeParse(body).data?.error.details ?? [];
  return new AppError(codeOf(response.status, details), undefined, {
    cause: { status: response.status, body },
    retryAfterMs: headerDelayMs(response.headers.get('retry-after')) ?? detailDelayMs(details),
  });
}

function codeOf(status: number, details: Detail[]): ErrorCode {
  if (status === 429) return 'MODEL_RATE_LIMITED';
  if (status === 408 || status === 504) return 'MODEL_TIMEOUT';
  if (status >= 500) return 'MODEL_UNAVAILABLE';
  // Gemini answers 400 to a key it does not know, and only the typed reason tells.
  const unknownKey = details.some((detail) => detail['@type'] === ERROR_INFO && detail.reason === 'API_KEY_INVALID');
  return status === 401 || status === 403 || unknownKey ? 'MODEL_KEY_REFUSED' : 'MODEL_REQUEST_REFUSED';
}

/** Seconds or a date (RFC 9110). */
function headerDelayMs(header: string | null): number | undefined {
  if (header === null) return undefined;
  const delayMs = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isNaN(delayMs) ? undefined : Math.max(0, delayMs);
}

/** A duration as protobuf writes it in JSON: « 37s », « 0.5s ». */
function detailDelayMs(details: Detail[]): number | undefined {
  const delay = details.find((detail) => detail['@type'] === RETRY_INFO)?.retryDelay;
  const seconds = delay === undefined ? undefined : /^(\d+(?:\.\d+)?)s$/.exec(delay)?.[1];
  return seconds === undefined ? undefined : Math.ceil(Number(seconds) * 1000);
}
