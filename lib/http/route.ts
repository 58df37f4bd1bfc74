import { z } from 'zod';
import { type Access, hasAccess, requireAccess } from '@/lib/auth/access';
import { type Identity, identify } from '@/lib/auth/identify';
import { AppError, isAppError } from '@/lib/errors';
import { log, noteInLog, withLogFacts } from '@/lib/log';
import { countRequest, routeOf } from '@/lib/metrics/counters';
import { holdsNul, parseInput } from '@/lib/parse-input';
import { clientAddress } from '@/lib/rate-limit/client-address';
import { answerOnce, hasKey } from './answer-once';
import { Limits } from './limits';
import { nobodyAt } from './nobody';
import { toProblem } from './problem';
import { parseJson, readText } from './read-text';
import { REQUEST_ID, requestIdOf } from './request-id';

interface RouteContext<Params> {
  request: Request;
  requestId: string;
  params: Params;
  identity: Identity;
  limits: Limits;
  /** Whether it would be let in now as it was at first: for an answer that goes on. */
  mayStay: () => Promise<boolean>;
}

interface OpenContext {
  limits: Limits;
  /** Where the request comes from: the only thing known about whoever sends it. */
  address: string;
}

type NextContext<Params> = { params: Promise<Params> };
type Handler<Params> = (context: RouteContext<Params>) => Promise<Response>;
type Route<Params> = (request: Request, context: NextContext<Params>) => Promise<Response>;

const MAX_JSON_BYTES = 1024 * 1024;
const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS'];

/**
 * A route for somebody: without an identity it answers 401, to a key without the scope 403. Errors become problem+json,
 * here and nowhere else.
 */
export const route = <Params = Record<string, never>>(handler: Handler<Params>, access?: Access): Route<Params> =>
  answering(async ({ request, requestId, limits }, params: Params) => {
    const identity = await identify(request);
    if (!identity) {
      await limits.count('anonymous', clientAddress(request.headers));
      throw new AppError('UNAUTHENTICATED', 'Sign in, or send an access token.');
    }
    const { id: userId } = identity.user;
    noteInLog({ userId });
    const isSafe = SAFE_METHODS.includes(request.method);
    await limits.count(isSafe ? 'reads' : 'requests', userId);
    if (identity.via === 'session') refuseCrossSite(request);
    const needs = accessTo(request, access);
    requireAccess(identity, needs);
    const mayStay = async () => {
      const now = await identify(request);
      return now?.user.id === userId && hasAccess(now, needs);
    };
    const answer = (asked: Request) => handler({ request: asked, requestId, params, identity, limits, mayStay });
    return isSafe ? answer(request) : answerOnce(request, { who: userId, userId }, answer);
  });

/** Whoever forgets to say what a route needs has not opened it: reading needs one scope, all else the other. */
function accessTo(request: Request, access: Access | undefined): Access {
  if (new URL(request.url).pathname.startsWith('/api/admin/')) return 'admin';
  return access ?? (SAFE_METHODS.includes(request.method) ? 'read' : 'process');
}

/** A route for anybody. */
export const openRoute = (handler: (request: Request, context: OpenContext) => Promise<Response>): Route<unknown> =>
  answering(async ({ request, limits }) => {
    const address = clientAddress(request.headers);
    await limits.count('anonymous', address);
    const answer = (asked: Request) => handler(asked, { limits, address });
    if (SAFE_METHODS.includes(request.method) || !hasKey(request)) return answer(request);
    const nobody = await nobodyAt(address, request, MAX_JSON_BYTES);
    return answerOnce(nobody.request, { who: nobody.who, userId: null }, answer);
  });

interface Asked {
  request: Request;
  requestId: string;
  limits: Limits;
  pathname: string;
  /** The path with the names of its parameters. */
  route: string;
}

function answering<Params>(handle: (asked: Asked, params: Params) => Promise<Response>): Route<Params> {
  return async (request, context) => {
    const params = await context.params;
    const { pathname } = new URL(request.url);
    const requestId = requestIdOf(request.headers);
    const asked = { request, requestId, limits: new Limits(), pathname, route: routeOf(pathname, params) };
    return withLogFacts({ requestId: asked.requestId, ...JobIn.parse(params) }, () =>
      answerOne(asked, async () => {
        // Nothing is called so, and PostgreSQL cannot even be asked.
        if (holdsNul(params)) throw new AppError('NOT_FOUND');
        return handle(asked, params);
      }),
    );
  };
}

async function answerOne(asked: Asked, handle: () => Promise<Response>): Promise<Response> {
  const { request, requestId, limits, pathname, route } = asked;
  const startedAt = performance.now();
  const answer = async () => (request.method === 'HEAD' ? withoutBody(await handle()) : handle());
  const response = await answer().catch((error: unknown) => {
    report(error);
    return toProblem(error, requestId, pathname);
  });
  response.headers.set(REQUEST_ID, requestId);
  limits.describeIn(response.headers);
  if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'no-store');
  const ms = Math.round(performance.now() - startedAt);
  countRequest(request.method, route, response.status, ms / 1000);
  log.info({ method: request.method, path: pathname, status: response.status, ms }, 'request');
  return response;
}

/** Next takes GET for HEAD and forgets the body; whatever makes it would never be told to stop. */
async function withoutBody(answer: Response): Promise<Response> {
  await answer.body?.cancel();
  return new Response(null, answer);
}

const JobIn = z.object({ jobId: z.string().optional() }).catch({});

function report(error: unknown) {
  if (isAppError(error) && !error.kind.reportable) return;
  log.error({ err: error }, 'request failed');
}

/** A session cookie travels with requests that other sites make; a bearer token does not. */
function refuseCrossSite(request: Request) {
  if (SAFE_METHODS.includes(request.method)) return;
  const site = request.headers.get('sec-fetch-site');
  const origin = request.headers.get('origin');
  // A sandboxed page sends « null », which is no address.
  const isSameOrigin = origin !== null && URL.parse(origin)?.host === request.headers.get('host');
  if (site === 'same-origin' || (site === null && isSameOrigin)) return;
  throw new AppError('FORBIDDEN', 'This request came from another site.');
}

/** The request's JSON as `schema` says, or INVALID_INPUT field by field. */
export async function readJson<T extends z.ZodType>(request: Request, schema: T): Promise<z.output<T>> {
  return parseInput(schema, parseJson(await readText(request, MAX_JSON_BYTES)));
}

export const readQuery = <T extends z.ZodType>(request: Request, schema: T): z.output<T> =>
  parseInput(schema, Object.fromEntries(new URL(request.url).searchParams));

/** As readJson, for a body that may be left out. */
export async function readOptionalJson<T extends z.ZodType>(request: Request, schema: T): Promise<z.output<T>> {
  const text = await readText(request, MAX_JSON_BYTES);
  return parseInput(schema, text === '' ? {} : parseJson(text));
}
