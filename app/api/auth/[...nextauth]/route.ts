import NextAuth from 'next-auth';
import { authOptions } from '@/lib/auth/auth-options';
import { AppError } from '@/lib/errors';
import { forAnybody } from '@/lib/http/for-anybody';
import { otherMethods } from '@/lib/http/other-methods';
import { withShortBody } from '@/lib/http/with-short-body';

type Context = { params: Promise<{ nextauth: string[] }> };

const MAX_BYTES = 64 * 1024;
/** Writes whatever anybody sends into the log, as an error if they say so. What fails in a browser stays there. */
const LOGS = '_log';

const answer = withShortBody<Context>(MAX_BYTES, (request, context) => NextAuth(authOptions())(request, context));

const handler = forAnybody<Context>(async (request, context) => {
  const { nextauth } = await context.params;
  if (nextauth[0] === LOGS) throw new AppError('NOT_FOUND');
  return answer(request, context);
});

export { handler as GET, handler as POST };
export const { PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET', 'POST');
