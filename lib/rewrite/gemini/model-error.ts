import { z } from 'zod';
import { AppError } from '@/lib/errors';
import { FAILURES, type FailureKind } from '@/lib/failures';

/** google.rpc.Status, as far as it is of use here. */
const statusSchema = z.object({
  error: z.object({
    status: z.string().optional(),
    details: z
      .array(
        z.object({
          '@type': z.string(),
          retryDelay: z.string().optional(),
          reason: z.string().optional(),
          violations: z.array(z.object({ quotaId: z.string().default('') })).default([]),
        }),
      )
      .default([]),
  }),
});
type Status = z.infer<typeof statusSchema>;
type Detail = Status['error']['details'][number];

const RETRY_INFO = 'type.googleapis.com/google.rpc.RetryInfo';
const QUOTA_FAILURE = 'type.googleapis.com/google.rpc.QuotaFailure';
const ERROR_INFO = 'type.googleapis.com/google.rpc.ErrorInfo';

/** What an answer other than 2xx means, decided from its status, headers and typed details. */
export async function modelErrorOf(response: Response): Promise<AppError> {
  const body: unknown = await response.json().catch(() => undefined);
  const said: Status = statusSchema.safeParse(body).data ?? { error: { details: [] } };
  const retryAfterMs = headerDelayMs(response.headers.get('retry-after')) ?? detailDelayMs(said.error.details);
  const { code } = FAILURES[kindOf(response.status, said, retryAfterMs)];
  return new AppError(code, undefined, { cause: new Error(facts(response.status, said)), retryAfterMs });
}

const NAME = /^[\w-]{1,80}$/;

/** Names only: in its own words the model may say whose key it was, and whoever stands between may repeat the question. */
function facts(status: number, { error }: Status): string {
  const reasons = error.details.flatMap(({ reason, violations }) => [reason, ...violations.map((one) => one.quotaId)]);
  const names = [error.status, ...reasons].filter((name) => name !== undefined && NAME.test(name));
  return ['the model answered', status, ...names].join(' ');
}

const STATUSES: Partial<Record<number, FailureKind>> = {
  401: 'keyMissing',
  403: 'keyForbidden',
  404: 'modelUnknown',
  408: 'requestTimedOut',
  413: 'requestTooLarge',
  502: 'badGateway',
  504: 'gatewayTimedOut',
};

function kindOf(status: number, { error }: Status, delayMs: number | undefined): FailureKind {
  if (status === 429) {
    if (error.details.some(isOfDay)) return 'quotaOfDaySpent';
    return delayMs === undefined ? 'slowDown' : 'slowDownUntil';
  }
  // Gemini answers 400 to a key it does not know, and to an account that does not pay; only typed details tell.
  if (status === 400 && error.details.some(isUnknownKey)) return 'keyUnknown';
  if (status === 402 || (status === 400 && error.status === 'FAILED_PRECONDITION')) return 'billingOff';
  if (status === 503) return delayMs === undefined ? 'overloaded' : 'overloadedUntil';
  return STATUSES[status] ?? (status >= 500 ? 'serverError' : 'requestRefused');
}

const isUnknownKey = (detail: Detail): boolean => detail['@type'] === ERROR_INFO && detail.reason === 'API_KEY_INVALID';

/** Waiting helps against a quota of a minute; one of a day is gone until tomorrow. */
const isOfDay = (detail: Detail): boolean =>
  detail['@type'] === QUOTA_FAILURE && detail.violations.some(({ quotaId }) => quotaId.includes('PerDay'));

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
