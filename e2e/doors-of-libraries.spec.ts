import { request } from 'node:http';
import { LIBRARY_RULES } from '@/lib/http/testing/library-rules';
import { makeNovel } from './support/novel-maker';
import { asUpload } from './support/pages/home-page';
import { expect, test } from './support/story';

test('the doors of libraries answer everybody alike, and let nobody in', async ({ app, page, reader }) => {
  const { access_token } = await reader.api.token(reader);
  const { key, id } = await reader.api.createApiKey({ name: 'a script', scopes: ['read', 'process'] });
  await reader.api.revokeApiKey(id);
  const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  const visitors = { nobody: {}, session: { cookie }, token: bearer(access_token), 'revoked key': bearer(key) };
  for (const [name, { path, body, with: status }] of Object.entries(LIBRARY_RULES)) {
    for (const [who, headers] of Object.entries(visitors)) {
      const [method = ''] = name.split(' ');
      const answer = await fetch(app.url + path, { method, headers, redirect: 'manual', ...(body && { body }) });
      expect(answer.status, `${name} to ${who}`).toBe(status);
      if (who === 'nobody') expect(answer.headers.getSetCookie().join()).not.toContain('session-token');
      expect(await answer.text()).not.toContain(reader.email);
    }
  }
});

test('nobody writes into the log', async ({ app }) => {
  const body = new URLSearchParams({ level: 'error', code: 'x' });
  expect((await fetch(`${app.url}/api/auth/_log`, { method: 'POST', body })).status).toBe(404);
  const { headers } = await fetch(`${app.url}/api/auth/csrf`);
  expect(headers.get('ratelimit-policy')).toContain('"anonymous"');
});

test('nobody sends the engine elsewhere', async ({ app, reader }) => {
  const { port } = new URL(app.url);
  for (const headers of [{ host: 'evil.test' }, { 'x-forwarded-host': 'evil.test', 'x-forwarded-proto': 'https' }]) {
    const asked = request({ host: '127.0.0.1', port, method: 'PUT', path: '/api/inngest', headers });
    const status = new Promise((done, fail) => {
      asked.once('error', fail).once('response', (answer) => done(answer.resume().statusCode));
    });
    asked.end();
    expect(await status).toBe(200);
  }
  const file = asUpload({ name: 'phare.pdf', bytes: (await makeNovel({ seed: 12, pages: 1 })).pdf });
  const { id } = await reader.api.createJob(new File([new Uint8Array(file.buffer)], file.name), { engine: 'offline' });
  await expect.poll(async () => (await reader.api.getJob(id)).status).toBe('completed');
});
