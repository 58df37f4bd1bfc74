import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { listen } from '@/e2e/support/listen';
import { PEER_ADDRESS } from '@/lib/rate-limit/client-address';
import { onRequestStart } from './on-request-start';

const environment = await vi.hoisted(async () =>
  (await import('@/db/testing/prepare-environment')).prepareEnvironment({ NEXTAUTH_URL: 'https://novels.example.org' }),
);

let server: Server;
let base = '';
const asked: (string | undefined)[] = [];
beforeAll(async () => {
  onRequestStart();
  server = createServer(({ method, url, headers }, response) => {
    asked.push(method);
    response.end(JSON.stringify({ url, headers }));
  });
  const { port } = await listen(server, 0);
  base = `http://127.0.0.1:${port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
  environment.remove();
});

it('answers TRACE, which Next fails at, before it is asked; the rest goes on to it', async () => {
  const trace = () =>
    new Promise<IncomingMessage>((resolve, reject) => {
      request(base, { method: 'TRACE' }, resolve).once('error', reject).end();
    });
  for (let i = 0; i < 2; i += 1) {
    const answer = await trace();
    answer.resume();
    expect(answer.statusCode).toBe(501);
  }
  expect((await fetch(base, { method: 'DELETE' })).status).toBe(200);
  expect(asked).toEqual(['DELETE']);
});

it('gives every request the address of its connection, over what the client says', async () => {
  const answer = await fetch(base, { headers: { [PEER_ADDRESS]: '203.0.113.5' } });
  expect(await answer.json()).toMatchObject({ headers: { [PEER_ADDRESS]: '127.0.0.1' } });
});

it('tells browsers to stay with https, in whatever is answered', async () => {
  expect((await fetch(base)).headers.get('strict-transport-security')).toMatch(/^max-age=\d{8}; includeSubDomains$/);
});

it.each([
  ['/jobs/%ff?q=%ff', '/jobs/%25ff?q=%ff'],
  ['/jobs/%', '/jobs/%25'],
  ['/jobs/%E0%A4%A', '/jobs/%25E0%25A4%25A'],
  ['/jobs/%C3%A9?a=1?b=%', '/jobs/%C3%A9?a=1?b=%'],
  ['/jobs/100%25', '/jobs/100%25'],
])('%s can be decoded from then on', async (sent, seen) => {
  expect(await (await fetch(base + sent)).json()).toMatchObject({ url: seen });
});
