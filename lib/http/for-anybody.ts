import type { NextRequest } from 'next/server';
import { AppError } from '@/lib/errors';
import { clientAddress } from '@/lib/rate-limit/client-address';
import { Limits } from './limits';
import { toProblem } from './problem';
import { requestIdOf } from './request-id';

/** For a library's routes that want no identity: counted as ours are that want none, before anything of them is read. */
export const forAnybody =
  <Context>(handle: (request: NextRequest, context: Context) => Promise<Response>) =>
  async (request: NextRequest, context: Context): Promise<Response> => {
    const limits = new Limits();
    const response = await limits
      .count('anonymous', clientAddress(request.headers))
      .then(() => handle(request, context))
      .catch((error: unknown) => {
        if (error instanceof AppError) return toProblem(error, requestIdOf(request.headers), request.nextUrl.pathname);
        throw error;
      });
    limits.describeIn(response.headers);
    return response;
  };
