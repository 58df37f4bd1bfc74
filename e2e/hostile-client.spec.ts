import { readFileSync } from 'node:fs';
import { join } from 'node:path';
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
