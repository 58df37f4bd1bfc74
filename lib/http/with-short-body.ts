import { NextRequest } from 'next/server';
import { AppError } from '@/lib/errors';
import { toProblem } from './problem';
import { parseJson, readText } from './read-text';
import { requestIdOf } from './request-id';

/** For a library that reads bodies of any length, and fails on JSON that is none: to it neither is shown. */
export const withShortBody =
  <Context>(maxBytes: number, handle: (request: NextRequest, context: Context) => Promise<Response>) =>
  async (request: NextRequest, context: Context): Promise<Response> => {
    if (!request.body) return handle(request, context);
    try {
      const body = await readText(request, maxBytes);
      if (request.headers.get('content-type')?.includes('json')) parseJson(body);
      const { method, headers, signal } = request;
      return await handle(new NextRequest(request.url, { method, headers, signal, body }), context);
    } catch (error) {
      if (error instanceof AppError) return toProblem(error, requestIdOf(request.headers), request.nextUrl.pathname);
      throw error;
    }
  };
