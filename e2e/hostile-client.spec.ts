import { readFileSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Problem } from '@/lib/http/problem-schema';
import { expect, test } from './support/story';

const MEGABYTE = 1024 * 1024;
/** More than the app may hold in memory. */
const HUGE_MB = 300;
const OPEN = ['/api/v1/auth/register', '/api/v1/auth/token', '/api/auth/callback/password', '/api/inngest'];

/** JSON without end, which does not say how long it will be. */
function hugeBody(): ReadableStream<Uint8Array> {
  const piece = Buffer.alloc(MEGABYTE, 'a');
  let given = 0;
  return new ReadableStream({
    pull(controller) {
      given += 1;
      controller.enqueue(given === 1 ? Buffer.from('{"email":"') : piece);
      if (given > HUGE_MB) controller.close();
    },
  });
}

test('a body that would not fit into memory is refused from anybody, and the app goes on', async ({ app }) => {
  const headers = { 'content-type': 'application/json' };
  const sendHuge = async (path: string) => {
    const init = { method: 'POST', headers, body: hugeBody(), duplex: 'half' };
    // Who is refused while they still send may be cut off before they read the answer.
    const status = await fetch(app.url + path, init).then(
      (answer) => answer.status,
      () => 413,
    );
    return [path, status];
  };
  expect(await Promise.all([...OPEN, ...OPEN].map(sendHuge))).toEqual([...OPEN, ...OPEN].map((path) => [path, 413]));
  expect((await fetch(`${app.url}/api/health/ready`)).status).toBe(200);
  expect(readFileSync(join(app.dataDir, 'logs', 'web.log'), 'utf8')).not.toContain('FATAL');

  for (const path of OPEN) {
    const says = { ...headers, 'content-length': String(5 * MEGABYTE) };
    const answer = await fetch(app.url + path, { method: 'POST', headers: says, body: Buffer.alloc(5 * MEGABYTE) });
    expect([path, answer.status, (await answer.json()).code]).toEqual([path, 413, 'BODY_TOO_LARGE']);
  }
});

test('nonsense is answered as such: paths that cannot be decoded, JSON that is none or has no bottom', async ({
  app,
  reader,
}) => {
  const jobs = `${app.url}/api/v1/jobs`;
  for (const path of ['/%ff', '/%', '/%c0%ae/report']) {
    const answer = await fetch(jobs + path, { headers: { authorization: 'Bearer nobody' } });
    expect([path, answer.status, answer.headers.get('content-type')]).toEqual([path, 401, 'application/problem+json']);
  }
  expect((await fetch(`${app.url}/jobs/%ff`)).status).toBeLessThan(500);

  const post = (path: string, body: string) =>
    fetch(app.url + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  expect((await post('/api/auth/callback/password', '{"email')).status).toBe(400);
  const deep = `${'['.repeat(400_000)}${']'.repeat(400_000)}`;
  expect((await post('/api/v1/auth/token', deep)).status).toBe(422);
  expect((await post('/api/v1/auth/token', `{"email":${deep},"password":"x"}`)).status).toBe(422);
  expect((await reader.api.getCredits()).balance).toBeGreaterThan(0);
});

test('whatever is asked is answered under a name, and by the API in words for programs', async ({ app }) => {
  const ask = (method: string, path: string) => {
    const { hostname, port } = new URL(app.url);
    return new Promise<IncomingMessage>((done, fail) => {
      request({ hostname, port, method, path }, done).once('error', fail).end();
    });
  };
  const ids = new Set<string>();
  const named = async (method: string, path: string) => {
    const answer = await ask(method, path);
    const body = await text(answer);
    const id = String(answer.headers['x-request-id']);
    expect(id, `${method} ${path}`).toMatch(/^[0-9a-z]{26}$/);
    ids.add(id);
    return { status: answer.statusCode, type: answer.headers['content-type'], body, id };
  };
  const nowhere = [
    '/api',
    '/api/nothing',
    '/api/v1',
    '/api/v1/nothing',
    '/api/v1/jobs/a/b/c',
    '/api/health',
    '/api/auth',
  ];
  const asked = [
    ...nowhere.map((path) => ['GET', path, 404] as const),
    ['PROPFIND', '/api/v1/jobs', 501],
    ['LINK', '/', 501],
    ['TRACE', '/api/nothing', 501],
    ['PUT', '/api/auth/session', 405],
    ['DELETE', '/api/inngest', 405],
    ['POST', '/api/health/live', 405],
    ['DELETE', '/api/samples/story', 405],
    ['GET', '/api/v1/jobs', 401],
  ] as const;
  for (const [method, path, status] of asked) {
    const answer = await named(method, path);
    expect([path, answer.status, answer.type]).toEqual([path, status, 'application/problem+json']);
    expect(Problem.parse(JSON.parse(answer.body))).toMatchObject({ instance: path, request_id: answer.id });
  }
  const others = ['//api/v1/jobs', '/api//v1/jobs/', '/api/health/live', '/api/auth/session', '/nothing', '/sign-in'];
  for (const path of [...others, '/icon.svg', '/_next/static/none.js', '/api/inngest']) await named('GET', path);
  expect(ids.size).toBe(asked.length + others.length + 3);
});
