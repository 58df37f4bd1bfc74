import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { env } from '@/lib/env';
import { PEER_ADDRESS } from '@/lib/rate-limit/client-address';
import { STRICT_TRANSPORT } from './security-headers';

/** What must be done to a request, and to its answer, before Next sees it. */
export function onRequestStart(): void {
  const isSecure = env().NEXTAUTH_URL?.startsWith('https:') ?? false;
  subscribe('http.server.request.start', (message) => {
    if (!isExchange(message)) return;
    const { request, response, server } = message;
    refuseTrace(server);
    // A route handler is not shown the connection, so its other end goes along, over whatever a client sent.
    request.headers[PEER_ADDRESS] = request.socket.remoteAddress ?? '';
    request.url = readableUrl(request.url ?? '/');
    // Whatever is answered: pages, the API, files. What next.config.ts says is settled when the app is built.
    if (isSecure) response.setHeader('strict-transport-security', STRICT_TRANSPORT);
  });
}

const refusing = new WeakSet<Server>();

/**
 * Next makes a Request of whatever comes, and fails at TRACE, of which fetch lets none be made. Who listens can only be
 * kept from it by listening in their place; the request that has just begun is told to whoever listens by then.
 */
function refuseTrace(server: Server): void {
  if (refusing.has(server)) return;
  refusing.add(server);
  const listeners = server.listeners('request').filter(isListener);
  server.removeAllListeners('request').on('request', (request, response) => {
    if (request.method === 'TRACE') response.writeHead(501).end();
    else for (const listener of listeners) listener.call(server, request, response);
  });
}

const isListener = (listener: unknown): listener is RequestListener => typeof listener === 'function';

/** Next answers 500 to a path that cannot be decoded, such as « /jobs/%ff »; taken by its letters, it is merely unknown. */
function readableUrl(url: string): string {
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
