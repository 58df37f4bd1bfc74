import http from 'node:http';
import type { Sql } from './database';
import { transact } from './database';
import { insertEvents, RefusedEvents, readEvents } from './events';
import { RefusedConfig } from './function-config';
import { registerApp } from './register-app';
import { endRun, lockRun } from './run-state';
import { hashKey, sameSecret } from './signature';

export interface ApiKeys {
  signingKey: string;
  eventKey: string;
}

interface Reply {
  status: number;
  body: unknown;
}

const MAX_BODY_BYTES = 64 * 1024 * 1024;
const LOOPBACK = '127.0.0.1';

class RefusedBody extends Error {}

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

async function cancelRun(sql: Sql, id: string): Promise<boolean> {
  return transact(sql, async (tx) => {
    const run = await lockRun(tx, id);
    if (run) await endRun(tx, run, { status: 'Cancelled' });
    return run !== undefined;
  });
}

/** The HTTP side: what the SDK calls, and what shows how runs are doing. Without `keys` everybody may. */
export function createApi(sql: Sql, keys: ApiKeys | undefined, onError: (error: unknown) => void): http.Server {
  const notFound: Reply = { status: 404, body: { error: 'not found', status: 404 } };

  function isSigned(request: http.IncomingMessage): boolean {
    const given = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    return !keys || sameSecret(given, hashKey(keys.signingKey)) || sameSecret(given, keys.signingKey);
  }

  async function receiveEvents(request: http.IncomingMessage, key: string): Promise<Reply> {
    if (keys && !sameSecret(key, keys.eventKey))
      return { status: 401, body: { error: 'Event key not found', status: 401 } };
    const seed = request.headers['x-inngest-event-id-seed'];
    const events = readEvents(await readBody(request), typeof seed === 'string' ? seed : undefined);
    await insertEvents(sql, events);
    return { status: 200, body: { ids: events.map(({ id }) => id), status: 200 } };
  }

  async function answer(request: http.IncomingMessage): Promise<Reply> {
    const { pathname } = new URL(request.url ?? '/', `http://${LOOPBACK}`);
    const [, area = '', kind = '', id = '', rest] = pathname.split('/').map(decodeURIComponent);
    const route = `${request.method} ${area}`;
    if (route === 'GET health') return { status: 200, body: { status: 200, message: 'OK' } };
    if (route === 'POST e') return receiveEvents(request, kind);
    if (!isSigned(request)) return { status: 401, body: { error: 'Unauthorized', status: 401 } };
    if (route === 'POST fn' && kind === 'register') {
      const modified = await registerApp(sql, await readBody(request));
      return { status: 200, body: { ok: true, modified, status: 200 } };
    }
    if (route === 'GET v1' && kind === 'events' && rest === 'runs') {
      return { status: 200, body: { data: await findRuns(sql, { event: id }) } };
    }
    if (area !== 'v1' || kind !== 'runs' || rest !== undefined) return notFound;
    if (request.method === 'DELETE') return (await cancelRun(sql, id)) ? { status: 202, body: {} } : notFound;
    const [run] = request.method === 'GET' ? await findRuns(sql, { run: id }) : [];
    return run ? { status: 200, body: { data: run } } : notFound;
  }

  function refusal(error: unknown): Reply {
    const refused = error instanceof RefusedBody || error instanceof RefusedConfig || error instanceof RefusedEvents;
    if (refused || error instanceof URIError) {
      return { status: 400, body: { ids: [''], error: error.message, status: 400 } };
    }
    onError(error);
    return { status: 500, body: { error: 'the engine failed', status: 500 } };
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
