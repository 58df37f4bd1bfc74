import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { PEER_ADDRESS } from '@/lib/rate-limit/client-address';

/** A route handler is not shown the connection, so its other end goes along as a header, over whatever a client sent. */
export function notePeerAddresses(): void {
  subscribe('http.server.request.start', (message) => {
    if (!isRequest(message)) return;
    const { headers, socket } = message.request;
    headers[PEER_ADDRESS] = socket.remoteAddress ?? '';
  });
}

const isRequest = (message: unknown): message is { request: IncomingMessage } =>
  typeof message === 'object' && message !== null && 'request' in message;
