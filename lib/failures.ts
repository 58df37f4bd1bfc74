import { AppError, type ErrorCode } from './errors';

/** What a run does about a failure. A step is tried again three times at most, by the step engine. */
type Action =
  /** Again, when the other side said. */
  | 'retry when told'
  /** Again, later each time and not all at the same instant. */
  | 'back off'
  /** Within the step: asked again with the reasons, in halves, of the stronger model, offline; kept and flagged at last. */
  | 'next rung'
  /** Its sentences are a gap with a reason; the job goes on. */
  | 'fail chunk'
  | 'fail job'
  /** Nobody wants the result any more. */
  | 'stop'
  /** A new run goes on with what is open. */
  | 'start again';

interface Failure {
  code: ErrorCode;
  action: Action;
}

const failure = (code: ErrorCode, action: Action): Failure => ({ code, action });

/** Everything known to go wrong in a run, and what is done about it. Each row is played in inngest/functions/failures.db.test.ts. */
export const FAILURES = {
  // The model does not take the call: told by status and typed details
  slowDown: failure('MODEL_RATE_LIMITED', 'back off'),
  slowDownUntil: failure('MODEL_RATE_LIMITED', 'retry when told'),
  quotaOfDaySpent: failure('MODEL_QUOTA_SPENT', 'fail chunk'),
  billingOff: failure('MODEL_QUOTA_SPENT', 'fail chunk'),
  keyMissing: failure('MODEL_KEY_REFUSED', 'fail chunk'),
  keyForbidden: failure('MODEL_KEY_REFUSED', 'fail chunk'),
  keyUnknown: failure('MODEL_KEY_REFUSED', 'fail chunk'),
  requestRefused: failure('MODEL_REQUEST_REFUSED', 'fail chunk'),
  requestTooLarge: failure('MODEL_REQUEST_REFUSED', 'fail chunk'),
  modelUnknown: failure('MODEL_REQUEST_REFUSED', 'fail chunk'),
  requestTimedOut: failure('MODEL_TIMEOUT', 'back off'),
  serverError: failure('MODEL_UNAVAILABLE', 'back off'),
  badGateway: failure('MODEL_UNAVAILABLE', 'back off'),
  overloaded: failure('MODEL_UNAVAILABLE', 'back off'),
  overloadedUntil: failure('MODEL_UNAVAILABLE', 'retry when told'),
  gatewayTimedOut: failure('MODEL_TIMEOUT', 'back off'),

  // No answer comes
  connectionRefused: failure('MODEL_UNAVAILABLE', 'back off'),
  connectionReset: failure('MODEL_UNAVAILABLE', 'back off'),
  connectionLostMidAnswer: failure('MODEL_UNAVAILABLE', 'back off'),
  callTimedOut: failure('MODEL_TIMEOUT', 'back off'),
  answerNotJson: failure('MODEL_UNAVAILABLE', 'back off'),

  // The answer is none: told by its finish reason
  answerCutOff: failure('MODEL_TRUNCATED', 'next rung'),
  promptBlocked: failure('MODEL_BLOCKED', 'next rung'),
  blockedForSafety: failure('MODEL_BLOCKED', 'next rung'),
  blockedForRecitation: failure('MODEL_BLOCKED', 'next rung'),
  blockedAsProhibited: failure('MODEL_BLOCKED', 'next rung'),
  blockedByList: failure('MODEL_BLOCKED', 'next rung'),
  blockedForPersonalData: failure('MODEL_BLOCKED', 'next rung'),
  blockedForLanguage: failure('MODEL_BLOCKED', 'next rung'),
  repliesMalformed: failure('MODEL_MALFORMED', 'next rung'),
  noCandidates: failure('MODEL_MALFORMED', 'next rung'),
  endedOtherwise: failure('MODEL_MALFORMED', 'next rung'),
  /** Each fault of a reply is a row of its own in judge-replies.ts. */
  replyFaulty: failure('MODEL_MALFORMED', 'next rung'),
  /** The grammar dies of it, or does not come to an end. */
  replyUncheckable: failure('MODEL_MALFORMED', 'next rung'),
  budgetSpent: failure('MODEL_BUDGET_SPENT', 'next rung'),

  // The chunk
  chunkTimedOut: failure('MODEL_TIMEOUT', 'back off'),
  noTimeLeft: failure('JOB_TIMED_OUT', 'fail chunk'),
  databaseLost: failure('INTERNAL', 'back off'),
  unexpected: failure('INTERNAL', 'back off'),
  cancelled: failure('CANCELLED', 'stop'),

  // The novel
  fileGone: failure('FILE_EXPIRED', 'fail job'),
  storageAway: failure('UNAVAILABLE', 'back off'),
  fileEmpty: failure('FILE_EMPTY', 'fail job'),
  fileNoPdf: failure('NOT_A_PDF', 'fail job'),
  fileDamaged: failure('PDF_DAMAGED', 'fail job'),
  fileEncrypted: failure('PDF_ENCRYPTED', 'fail job'),
  fileHoldsNoPages: failure('PDF_NO_PAGES', 'fail job'),
  fileHoldsNoText: failure('PDF_NO_TEXT', 'fail job'),
  textUndecodable: failure('PDF_UNREADABLE_TEXT', 'fail job'),
  /** Too long, too large, or its process died of it twice. */
  fileTooComplex: failure('PDF_TOO_COMPLEX', 'fail job'),

  // The job
  /** Or was changed, so that the model would have more to do than was reserved. */
  earlierJobGone: failure('EARLIER_JOB_GONE', 'fail job'),
  accountsWrong: failure('ACCOUNTING_MISMATCH', 'fail job'),
  jobGone: failure('NOT_FOUND', 'stop'),
} as const satisfies Record<string, Failure>;

/** What no step can report: the engine sees it, or a sweep. Played in inngest/functions/failures-of-runs.db.test.ts. */
export const FAILURES_OF_RUNS = {
  startLost: 'start again',
  /** Nothing has changed for ten minutes. */
  runLost: 'start again',
  /** A step failed for good that should have been caught, or its process died each time: three new runs at most. */
  runGivenUp: 'start again',
  hardLimitPassed: 'fail job',
} as const satisfies Record<string, Action>;

export type FailureKind = keyof typeof FAILURES;

/** What to do about an error that has left its place; one that nobody foresaw may pass. */
export function actionOn(error: unknown): Action {
  if (!(error instanceof AppError)) return FAILURES.unexpected.action;
  const rows = Object.values(FAILURES).filter(({ code }) => code === error.code);
  const timed = error.retryAfterMs === undefined ? undefined : rows.find(({ action }) => action === 'retry when told');
  const row = timed ?? rows.find(({ action }) => action !== 'retry when told');
  return row?.action ?? (error.kind.retryable ? 'back off' : 'fail chunk');
}

/** Whether the step engine is to try the step again. */
export const isPassing = (error: unknown): boolean => ['retry when told', 'back off'].includes(actionOn(error));
