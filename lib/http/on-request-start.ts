import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { env } from '@/lib/env';
import { PEER_ADDRESS } from '@/lib/rate-limit/client-address';
import { STRICT_TRANSPORT } from './security-headers';

/** What must be done to a request, and to its answer, before Next sees it. */
export function onRequestStart(): void {
  const isSecure = env().NEXTAUTH_URL?.startsWith('https:') ?? false;
  subscribe('http.server.request.start', (message) => {
    if (!isExchange(message)) return;
    const { request, response } = message;
    // A route handler is not shown the connection, so its other end goes along, over whatever a client sent.
    request.headers[PEER_ADDRESS] = request.socket.remoteAddress ?? '';
    request.url = readableUrl(request.url ?? '/');
    // Whatever is answered: pages, the API, files. What next.config.ts says is settled when the app is built.
    if (isSecure) response.setHeader('strict-transport-security', STRICT_TRANSPORT);
  });
}

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

const isExchange = (message: unknown): message is { request: IncomingMessage; response: ServerResponse } =>
  typeof message === 'object' && message !== null && 'request' in message && 'response' in message;
