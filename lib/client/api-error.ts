import { ERRORS, type ErrorCode } from '@/lib/errors';
import { Problem } from '@/lib/http/problem-schema';

export type KnownCode = ErrorCode | 'UNREACHABLE';

/** What went wrong with a request, always as a problem; `UNREACHABLE` when no answer came at all. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly problem: Problem;
  readonly retryAfterSeconds: number | undefined;

  constructor(problem: Problem, options: { cause?: unknown; retryAfterSeconds?: number } = {}) {
    super(problem.detail, { cause: options.cause });
    this.problem = problem;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }

  get code(): string {
    return this.problem.code;
  }

  get status(): number {
    return this.problem.status;
  }
}

export const isApiError = (error: unknown, code?: KnownCode): error is ApiError =>
  error instanceof ApiError && (code === undefined || error.code === code);

const ownProblem = (code: KnownCode, status: number, title: string, retryable: boolean): Problem => ({
  type: 'about:blank',
  title,
  status,
  detail: title,
  instance: '',
  code,
  retryable,
  request_id: '',
  errors: [],
});

export const unreachable = (cause?: unknown): ApiError =>
  new ApiError(ownProblem('UNREACHABLE', 0, 'The server cannot be reached', true), { cause });

const STATUS_CODES: Record<number, ErrorCode> = {
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  413: 'FILE_TOO_LARGE',
  429: 'RATE_LIMITED',
  502: 'UNAVAILABLE',
  503: 'UNAVAILABLE',
  504: 'UNAVAILABLE',
};

/** `body` as it came: a proxy in between may have answered with a page of its own. */
export function errorOf(status: number, body: string, retryAfter: string | null): ApiError {
  const seconds = Number(retryAfter);
  const options = retryAfter !== null && Number.isFinite(seconds) ? { retryAfterSeconds: seconds } : {};
  const problem = Problem.safeParse(parseJson(body));
  if (problem.success) return new ApiError(problem.data, options);
  const code = STATUS_CODES[status] ?? 'INTERNAL';
  return new ApiError(ownProblem(code, status, ERRORS[code].title, ERRORS[code].retryable), options);
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
