import http from 'node:http';
import { persist } from '@/db/persist';
import { type Sql, transact } from './database';
import { insertEvents, RefusedEvents, readEvents } from './events';
import { RefusedConfig } from './function-config';
import { registerApp } from './register-app';
import { endRun, lockRun } from './run-state';
import { showEngine } from './show-engine';
import { listRuns, RunFilter, showRun } from './show-runs';
import { hashKey, sameSecret } from './signature';

export interface ApiKeys {
  signingKey: string;
  eventKey: string;
}

interface Reply {
  status: number;
  body: unknown;
}

interface Asked {
  request: http.IncomingMessage;
  /** The variable parts of the path. */
  parts: string[];
  query: URLSearchParams;
}
type Handler = (asked: Asked) => Promise<Reply>;
type Route = [method: string, path: RegExp, handle: Handler];

const reply = (status: number, body: unknown): Reply => ({ status, body });
const NOT_FOUND = reply(404, { error: 'not found', status: 404 });
const UNSIGNED: Route = ['', /^/, async () => reply(401, { error: 'Unauthorized', status: 401 })];

const MAX_BODY_BYTES = 64 * 1024 * 1024;
const LOOPBACK = '127.0.0.1';

class RefusedBody extends Error {}
class RefusedQuery extends Error {}

const REFUSALS = [RefusedBody, RefusedQuery, RefusedConfig, RefusedEvents, URIError];

async function readBody(request: http.IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new RefusedBody('the request is too large');
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString());
  } catch (cause) {
    throw new RefusedBody('the request is not JSON', { cause });
  }
}

const findRuns = (sql: Sql, where: { run?: string; event?: string }) => sql`
  select id as run_id, status, fn as function_id, event_id, created_at as run_queued_at,
    started_at as run_started_at, ended_at, coalesce(output, error) as output
  from runs where id = ${where.run ?? null} or event_id = ${where.event ?? null} order by id`;

function readFilter(query: URLSearchParams): RunFilter {
  const filter = RunFilter.safeParse(Object.fromEntries(query));
  if (filter.success) return filter.data;
  throw new RefusedQuery('the query cannot be read', { cause: filter.error });
}

async function cancelRun(sql: Sql, id: string): Promise<boolean> {
  return transact(sql, async (tx) => {
    const run = await lockRun(tx, id);
    if (run) await endRun(tx, run, { status: 'Cancelled' });
    return run !== undefined;
  });
}

/** The HTTP side: what the SDK calls, and what shows how runs are doing. Without `keys` everybody may. */
export function createApi(sql: Sql, keys: ApiKeys | undefined, onError: (error: unknown) => void): http.Server {
  function isSigned(request: http.IncomingMessage): boolean {
    const given = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    return !keys || sameSecret(given, hashKey(keys.signingKey)) || sameSecret(given, keys.signingKey);
  }

  async function receiveEvents({ request, parts: [key = ''] }: Asked): Promise<Reply> {
    if (keys && !sameSecret(key, keys.eventKey)) return reply(401, { error: 'Event key not found', status: 401 });
    const seed = request.headers['x-inngest-event-id-seed'];
    const events = readEvents(await readBody(request), typeof seed === 'string' ? seed : undefined);
    await persist(() => insertEvents(sql, events));
    return reply(200, { ids: events.map(({ id }) => id), status: 200 });
  }

  const register: Handler = async ({ request }) => {
    const modified = await registerApp(sql, await readBody(request));
    return reply(200, { ok: true, modified, status: 200 });
  };
  const findRun: Handler = async ({ parts: [run = ''] }) => {
    const [found] = await findRuns(sql, { run });
    return found ? reply(200, { data: found }) : NOT_FOUND;
  };

  const showSteps: Handler = async ({ parts: [run = ''] }) => {
    const found = await showRun(sql, run);
    return found ? reply(200, { data: found }) : NOT_FOUND;
  };

  const open: Route[] = [
    ['GET', /^\/health$/, async () => reply(200, { status: 200, message: 'OK' })],
    ['POST', /^\/e\/([^/]+)$/, receiveEvents],
  ];
  const signed: Route[] = [
    ['POST', /^\/fn\/register$/, register],
    [
      'GET',
      /^\/v1\/events\/([^/]+)\/runs$/,
      async ({ parts: [event = ''] }) => reply(200, { data: await findRuns(sql, { event }) }),
    ],
    ['GET', /^\/v1\/runs\/([^/]+)$/, findRun],
    // From here on it is this engine's own.
    ['GET', /^\/v1\/engine$/, async () => reply(200, { data: await showEngine(sql) })],
    ['GET', /^\/v1\/runs$/, async ({ query }) => reply(200, { data: await listRuns(sql, readFilter(query)) })],
    ['GET', /^\/v1\/runs\/([^/]+)\/steps$/, showSteps],
    [
      'DELETE',
      /^\/v1\/runs\/([^/]+)$/,
      async ({ parts: [run = ''] }) => ((await cancelRun(sql, run)) ? reply(202, {}) : NOT_FOUND),
    ],
  ];

  async function answer(request: http.IncomingMessage): Promise<Reply> {
    const { pathname, searchParams: query } = new URL(request.url ?? '/', `http://${LOOPBACK}`);
    const find = (routes: Route[]) => routes.find(([method, path]) => method === request.method && path.test(pathname));
    const route = find(open) ?? (isSigned(request) ? find(signed) : UNSIGNED);
    if (!route) return NOT_FOUND;
    const [, path, handle] = route;
    return handle({ request, query, parts: (path.exec(pathname) ?? []).slice(1).map(decodeURIComponent) });
  }

  function refusal(error: unknown): Reply {
    const isRefused = REFUSALS.some((kind) => error instanceof kind);
    if (error instanceof Error && isRefused) {
      return reply(400, { ids: [''], error: error.message, status: 400 });
    }
    onError(error);
    return reply(500, { error: 'the engine failed', status: 500 });
  }

  return http.createServer((request, response) => {
    answer(request)
      .catch(refusal)
      .then(({ status, body }) => {
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(JSON.stringify(body));
      });
  });
}

export async function listen(server: http.Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, LOOPBACK, resolve);
  });
  const address = server.address();
  return typeof address === 'object' && address ? address.port : port;
}
