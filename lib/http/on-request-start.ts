import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { PEER_ADDRESS } from '@/lib/rate-limit/client-address';

/** What must be done to a request before Next sees it. */
export function onRequestStart(): void {
  subscribe('http.server.request.start', (message) => {
    if (!isRequest(message)) return;
    const { request } = message;
    // A route handler is not shown the connection, so its other end goes along, over whatever a client sent.
    request.headers[PEER_ADDRESS] = request.socket.remoteAddress ?? '';
    request.url = readableUrl(request.url ?? '/');
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

const isRequest = (message: unknown): message is { request: IncomingMessage } =>
  typeof message === 'object' && message !== null && 'request' in message;
