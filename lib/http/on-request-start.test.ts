import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { listen } from '@/e2e/support/listen';
import { PEER_ADDRESS } from '@/lib/rate-limit/client-address';
import { onRequestStart } from './on-request-start';
import { Problem } from './problem-schema';

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

it('answers methods that Next does not know before it is asked, with a problem; the rest goes on to it', async () => {
  const ask = (method: string) =>
    new Promise<IncomingMessage>((resolve, reject) => {
      request(`${base}/api/v1/jobs?a=1`, { method }, resolve).once('error', reject).end();
    });
  for (const method of ['TRACE', 'TRACE', 'PROPFIND', 'LINK', 'M-SEARCH', 'QUERY']) {
    const answer = await ask(method);
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([501, 'application/problem+json']);
    expect(Problem.parse(await json(answer))).toMatchObject({
      code: 'METHOD_UNKNOWN',
      instance: '/api/v1/jobs',
      request_id: answer.headers['x-request-id'],
    });
  }
  expect((await fetch(base, { method: 'DELETE' })).status).toBe(200);
  expect(asked).toEqual(['DELETE']);
});

it('gives every request an id of its own, over what the client says, and every answer the same', async () => {
  const ids = new Set<string>();
  for (let i = 0; i < 3; i += 1) {
    const answer = await fetch(base, { headers: { 'x-request-id': 'mine' } });
    const id = answer.headers.get('x-request-id') ?? '';
    expect(id).toMatch(/^[0-9a-z]{26}$/);
    expect(await answer.json()).toMatchObject({ headers: { 'x-request-id': id } });
    ids.add(id);
  }
  expect(ids.size).toBe(3);
});

it('gives every request the address of its connection, over what the client says', async () => {
  const answer = await fetch(base, { headers: { [PEER_ADDRESS]: '203.0.113.5' } });
  expect(await answer.json()).toMatchObject({ headers: { [PEER_ADDRESS]: '127.0.0.1' } });
});

it('tells browsers to stay with https, in whatever is answered', async () => {
  expect((await fetch(base)).headers.get('strict-transport-security')).toMatch(/^max-age=\d{8}; includeSubDomains$/);
});

it.each([
  ['*', '/*'],
  ['http://evil.example/api/v1/jobs?a=1', '/api/v1/jobs?a=1'],
  ['HTTPS://evil.example', '/'],
  ['http://evil.example?a=1', '/?a=1'],
  ['//evil.example/api', '//evil.example/api'],
])('%s is a place here', async (path, seen) => {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    request(base, { method: 'OPTIONS', path }, resolve).once('error', reject).end();
  });
  expect(await json(answer)).toMatchObject({ url: seen });
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
