import { AppError } from '@/lib/errors';
import type { Problem } from './problem-schema';

/** RFC 9457. Only what an AppError says on purpose goes out; anything else is INTERNAL and keeps its cause inside. */
export function toProblem(error: unknown, requestId: string, instance: string): Response {
  const known = error instanceof AppError ? error : new AppError('INTERNAL', undefined, { cause: error });
  const { status, title, retryable } = known.kind;
  const problem: Problem = {
    type: `urn:french-novel-tool:problem:${known.code.toLowerCase().replaceAll('_', '-')}`,
    title,
    status,
    detail: status >= 500 && known.kind.reportable ? title : known.message,
    instance,
    code: known.code,
    retryable,
    request_id: requestId,
    ...known.facts,
    errors: known.fields,
  };
  const headers = new Headers({ 'content-type': 'application/problem+json', 'cache-control': 'no-store' });
  if (known.retryAfterMs !== undefined) headers.set('retry-after', String(Math.ceil(known.retryAfterMs / 1000)));
  if (known.allow !== undefined) headers.set('allow', known.allow);
  if (status === 401) headers.set('www-authenticate', 'Bearer');
  return new Response(JSON.stringify(problem), { status, headers });
}
