/** What a failure means to each of its readers: the HTTP client, the operator, the step engine. */
interface ErrorKind {
  status: number;
  title: string;
  /** Worth an operator's attention. */
  reportable: boolean;
  /** Whether trying the same thing again may succeed. */
  retryable: boolean;
}

const permanent = (status: number, title: string): ErrorKind => ({
  status,
  title,
  reportable: false,
  retryable: false,
});
const passing = (status: number, title: string): ErrorKind => ({ status, title, reportable: false, retryable: true });
const ours = (status: number, title: string, retryable = true): ErrorKind => ({
  status,
  title,
  reportable: true,
  retryable,
});

export const ERRORS = {
  // The request
  INVALID_INPUT: permanent(422, 'Some values are not valid'),
  MALFORMED_REQUEST: permanent(400, 'The request could not be read'),
  BODY_TOO_LARGE: permanent(413, 'The body of the request is too large'),
  UNSUPPORTED_MEDIA_TYPE: permanent(415, 'This kind of content is not accepted'),
  UNAUTHENTICATED: permanent(401, 'Sign in first'),
  INVALID_CREDENTIALS: permanent(401, 'E-mail or password is wrong'),
  FORBIDDEN: permanent(403, 'Not allowed'),
  NOT_FOUND: permanent(404, 'Not found'),
  METHOD_NOT_ALLOWED: permanent(405, 'Method not allowed'),
  METHOD_UNKNOWN: permanent(501, 'Method not known'),
  SIGN_IN_AGAIN: permanent(403, 'Sign in again to do this'),
  TOO_MANY_KEYS: permanent(409, 'There are too many API keys'),
  EMAIL_TAKEN: permanent(409, 'This e-mail address is already registered'),
  JOB_STATE_CONFLICT: permanent(409, 'The job is not in a state that allows this'),
  IDEMPOTENCY_CONFLICT: passing(409, 'The same request is still being answered'),
  IDEMPOTENCY_KEY_REUSED: permanent(422, 'This key was used for another request'),
  PASSWORD_TOO_WEAK: permanent(422, 'The password is too weak'),
  INSUFFICIENT_CREDITS: permanent(402, 'Not enough credits'),
  CREDIT_LIMIT_REACHED: permanent(403, 'More credits than may be spent at once'),
  QUOTE_EXPIRED: permanent(409, 'The quote has expired'),
  QUOTE_USED: permanent(409, 'The quote has been used already'),
  QUOTE_MISMATCH: permanent(409, 'This is not what was quoted'),
  EARLIER_JOB_GONE: permanent(409, 'An earlier job on which the price counted is gone'),
  TOO_LARGE_FOR_SYNC: permanent(413, 'Too many pages to wait for'),
  RATE_LIMITED: passing(429, 'Too many requests'),

  // The file
  FILE_MISSING: permanent(400, 'No file was sent'),
  FILE_EMPTY: permanent(422, 'The file is empty'),
  FILE_TOO_LARGE: permanent(413, 'The file is too large'),
  FILE_EXPIRED: permanent(409, 'The file is no longer kept'),
  NOT_A_PDF: permanent(415, 'The file is not a PDF'),
  PDF_DAMAGED: permanent(422, 'The PDF is damaged'),
  PDF_ENCRYPTED: permanent(422, 'The PDF is protected by a password'),
  PDF_NO_PAGES: permanent(422, 'The PDF has no pages'),
  PDF_TOO_MANY_PAGES: permanent(422, 'The PDF has too many pages'),
  PDF_NO_TEXT: permanent(422, 'The PDF holds no text'),
  PDF_UNREADABLE_TEXT: permanent(422, 'The text of the PDF cannot be decoded'),
  PDF_TOO_COMPLEX: permanent(422, 'The PDF takes too much time or memory to read'),

  // The model; the kind is decided from status codes and finish reasons, never from message text
  MODEL_RATE_LIMITED: passing(503, 'The model asks us to slow down'),
  MODEL_UNAVAILABLE: passing(503, 'The model is not available'),
  MODEL_TIMEOUT: passing(504, 'The model took too long'),
  MODEL_TRUNCATED: passing(502, 'The model’s answer was cut off'),
  MODEL_MALFORMED: passing(502, 'The model’s answer could not be read'),
  MODEL_BLOCKED: permanent(502, 'The model declined the text'),
  MODEL_KEY_REFUSED: { ...ours(502, 'The model refused our key', false) },
  MODEL_QUOTA_SPENT: { ...ours(502, 'Our quota at the model is spent', false) },
  MODEL_BUDGET_SPENT: permanent(502, 'The run has used far more than was estimated'),
  MODEL_REQUEST_REFUSED: { ...ours(502, 'The model refused the request', false) },

  // Ours
  ACCOUNTING_MISMATCH: ours(500, 'The sentences do not add up', false),
  JOB_TIMED_OUT: passing(504, 'The job took too long'),
  CANCELLED: permanent(409, 'The work was cancelled'),
  UNAVAILABLE: ours(503, 'Not available right now'),
  INTERNAL: ours(500, 'Something failed on our side'),
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof ERRORS;

export const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(ERRORS, code);

export interface FieldError {
  field: string;
  message: string;
}

/** What a program needs to go on; goes out beside the other members of the problem. */
export interface ProblemFacts {
  shortfall_credits?: number;
  /** The path of the call to use instead. */
  use_instead?: string;
  violated_policies?: string[];
}

interface AppErrorOptions {
  cause?: unknown;
  /** Wrong input, field by field. */
  fields?: FieldError[];
  /** When the other side said when to come back. */
  retryAfterMs?: number;
  facts?: ProblemFacts;
  /** The methods that are served instead. */
  allow?: string;
}

/** The one error of the product. `detail` is a sentence a reader may see; nothing internal goes into it. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly fields: FieldError[];
  readonly retryAfterMs: number | undefined;
  readonly facts: ProblemFacts;
  readonly allow: string | undefined;

  constructor(code: ErrorCode, detail?: string, options: AppErrorOptions = {}) {
    super(detail ?? ERRORS[code].title, { cause: options.cause });
    this.code = code;
    this.fields = options.fields ?? [];
    this.retryAfterMs = options.retryAfterMs;
    this.facts = options.facts ?? {};
    this.allow = options.allow;
  }

  get kind(): ErrorKind {
    return ERRORS[this.code];
  }
}

export const isAppError = (error: unknown, code?: ErrorCode): error is AppError =>
  error instanceof AppError && (code === undefined || error.code === code);
