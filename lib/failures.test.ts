import { expect, it } from 'vitest';
import { AppError, ERRORS } from './errors';
import { actionOn, FAILURES } from './failures';

/** What no run meets: a new code has to be put here, or into the table. */
const OF_REQUESTS = [
  ...['INVALID_INPUT', 'MALFORMED_REQUEST', 'BODY_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE', 'UNAUTHENTICATED'],
  ...['INVALID_CREDENTIALS', 'FORBIDDEN', 'METHOD_NOT_ALLOWED', 'METHOD_UNKNOWN'],
  ...['SIGN_IN_AGAIN', 'TOO_MANY_KEYS', 'EMAIL_TAKEN'],
  ...['JOB_STATE_CONFLICT', 'IDEMPOTENCY_CONFLICT', 'IDEMPOTENCY_KEY_REUSED', 'PASSWORD_TOO_WEAK'],
  ...['INSUFFICIENT_CREDITS', 'CREDIT_LIMIT_REACHED', 'QUOTE_EXPIRED', 'QUOTE_USED', 'QUOTE_MISMATCH'],
  ...['TOO_LARGE_FOR_SYNC', 'RATE_LIMITED', 'FILE_MISSING', 'FILE_TOO_LARGE', 'PDF_TOO_MANY_PAGES'],
];

it('has a row for whatever can go wrong in a run', () => {
  const inRuns = new Set<string>(Object.values(FAILURES).map(({ code }) => code));
  expect(Object.keys(ERRORS).filter((code) => !inRuns.has(code))).toEqual(OF_REQUESTS);
});

it('tries again what readers are told may pass, and nothing else', () => {
  // A job without time has none in this run, but another run has.
  for (const [kind, { code, action }] of Object.entries(FAILURES)) {
    if (action === 'next rung' || kind === 'noTimeLeft') continue;
    const isTriedAgain = action === 'back off' || action === 'retry when told';
    expect([kind, isTriedAgain]).toEqual([kind, ERRORS[code].retryable]);
  }
});

it.each(Object.entries(FAILURES))('%s: the error says what to do', (_, { code, action }) => {
  const delay = action === 'retry when told' ? { retryAfterMs: 1 } : {};
  expect(actionOn(new AppError(code, undefined, delay))).toBe(action);
});
