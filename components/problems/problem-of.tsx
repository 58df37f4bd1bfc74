import type { ReactNode } from 'react';
import { isApiError } from '@/lib/client/api-error';
import { ProblemNotice } from './problem-notice';

/** What became of a request that failed. */
export function ProblemOf({ error, children }: { error: Error; children?: ReactNode }) {
  return <ProblemNotice code={isApiError(error) ? error.code : 'INTERNAL'}>{children}</ProblemNotice>;
}
