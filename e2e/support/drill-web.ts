import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { serve } from 'inngest/node';
import { POST } from '@/app/api/v1/process-pdf/route';
import { openDatabase } from '@/db/client';
import { inngest } from '@/inngest/client';
import { functions } from '@/inngest/functions';
import { env } from '@/lib/env';
import { listen } from './listen';

/** The older call and the functions behind it, as a process of its own on PORT, which can be replaced by another. */
async function processPdf(request: IncomingMessage, response: ServerResponse, url: string) {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece);
  const { authorization = '', 'content-type': type = '' } = request.headers;
  const headers = { authorization, 'content-type': type };
  const asked = new Request(url, { method: 'POST', headers, body: Buffer.concat(pieces) });
  const answer = await POST(asked, { params: Promise.resolve({}) });
  response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text());
}

const { DATABASE_URL = '', PORT } = env();
openDatabase(DATABASE_URL);
const serveOrigin = `http://127.0.0.1:${PORT}`;
const handle = serve({ client: inngest, functions, serveOrigin });
await listen(
  createServer((request, response) => {
    const work =
      request.url === '/process-pdf' ? processPdf(request, response, serveOrigin) : handle(request, response);
    Promise.resolve(work).catch(() => response.destroy());
  }),
  PORT,
);
const registered = await fetch(`${serveOrigin}/api/inngest`, { method: 'PUT' });
process.send?.({ ready: registered.ok });
