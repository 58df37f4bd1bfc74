import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { Webhook } from 'standardwebhooks';

export interface Received {
  headers: IncomingHttpHeaders;
  body: string;
}

/** Takes messages over HTTP and answers as it is told; a status of 0 is never answered. */
export async function startReceiver(answer: (received: Received, count: number) => number | string = () => 204) {
  const received: Received[] = [];
  let connections = 0;
  const news = new EventEmitter();
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const each = { headers: request.headers, body: Buffer.concat(pieces).toString() };
      received.push(each);
      const said = answer(each, received.length);
      if (typeof said === 'string') response.writeHead(307, { location: said }).end();
      else if (said !== 0) response.writeHead(said).end('thank you');
      news.emit('message');
    });
  });
  server.on('connection', () => {
    connections += 1;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  return {
    url: `http://127.0.0.1:${port}/novels`,
    port,
    received,
    connections: () => connections,
    /** Until `count` messages have come. */
    async until(count: number): Promise<void> {
      while (received.length < count) await once(news, 'message');
    },
    async close(): Promise<void> {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** What was said, if the signature is good; throws otherwise. */
export const verified = ({ headers, body }: Received, secret: string): unknown =>
  new Webhook(secret).verify(body, {
    'webhook-id': String(headers['webhook-id']),
    'webhook-timestamp': String(headers['webhook-timestamp']),
    'webhook-signature': String(headers['webhook-signature']),
  });
