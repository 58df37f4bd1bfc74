import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { newId } from '@/lib/ids';
import { PEER_ADDRESS } from '@/lib/rate-limit/client-address';
import { toProblem } from './problem';
import { REQUEST_ID } from './request-id';
import { API_HEADERS, HEADERS, STRICT_TRANSPORT } from './security-headers';

/** What must be done to a request, and to its answer, before Next sees it. */
export function onRequestStart(): void {
  const isSecure = env().NEXTAUTH_URL?.startsWith('https:') ?? false;
  subscribe('http.server.request.start', (message) => {
    if (!isExchange(message)) return;
    const { request, response, server } = message;
    const id = newId();
    request.headers[REQUEST_ID] = id;
    // Whatever is answered, by whomever: pages, the API, files, what Next sends elsewhere.
    response.setHeader(REQUEST_ID, id);
    refuseUnknown(server);
    // A route handler is not shown the connection, so its other end goes along, over whatever a client sent.
    request.headers[PEER_ADDRESS] = request.socket.remoteAddress ?? '';
    request.url = readableUrl(request.url ?? '/');
    // What next.config.ts says is settled when the app is built.
    if (isSecure) response.setHeader('strict-transport-security', STRICT_TRANSPORT);
  });
}

const refusing = new WeakSet<Server>();

const KNOWN_METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/**
 * Next fails at TRACE, of which fetch lets no Request be made, and answers PROPFIND and its like without a word. Who
 * listens can only be kept from it by listening in their place; the request that has just begun is told to whoever listens
 * by then.
 */
function refuseUnknown(server: Server): void {
  if (refusing.has(server)) return;
  refusing.add(server);
  const listeners = server.listeners('request').filter(isListener);
  server.removeAllListeners('request').on('request', (request, response) => {
    if (!KNOWN_METHODS.includes(request.method ?? '')) void refuse(request, response);
    else for (const listener of listeners) listener.call(server, request, response);
  });
}

async function refuse({ method, url = '/', headers }: IncomingMessage, response: ServerResponse) {
  const error = new AppError('METHOD_UNKNOWN', `${method} is served nowhere here.`);
  const [path = ''] = url.split('?');
  const problem = toProblem(error, String(headers[REQUEST_ID]), path);
  const own = Object.fromEntries(problem.headers);
  response
    .writeHead(problem.status, { ...HEADERS, ...API_HEADERS, ...own, connection: 'close' })
    .end(await problem.text());
}

const isListener = (listener: unknown): listener is RequestListener => typeof listener === 'function';

/**
 * Next answers 500 to a path that cannot be decoded, such as « /jobs/%ff », and to « * »; taken by its letters, it is merely
 * unknown. To whoever names a server in it, as one asks a proxy, it would give that server as the place to go to.
 */
function readableUrl(sent: string): string {
  const local = sent.replace(/^https?:\/\/[^/?#]*/i, '');
  const url = local.startsWith('/') ? local : `/${local}`;
  const [path = '', ...query] = url.split('?');
  try {
    decodeURIComponent(path);
    return url;
  } catch {
    return [path.replaceAll('%', '%25'), ...query].join('?');
  }
}

interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  server: Server;
}

const isExchange = (message: unknown): message is Exchange =>
  typeof message === 'object' && message !== null && ['request', 'response', 'server'].every((part) => part in message);
