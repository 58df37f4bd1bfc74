import { z } from 'zod';
import { startApp } from './support/app';
import { expect, test } from './support/story';

const SITE = 'https://novels.example.org';
const ACCOUNT = { email: 'lea@example.org', password: 'trois lampes dans la brume' };

const overHttps = test.extend({
  app: async ({ gemini: _ }, lend) => {
    const app = await startApp({ env: { NEXTAUTH_URL: SITE } });
    await lend(app);
    await app.remove();
  },
});

overHttps('behind https a session travels by https alone, and browsers are told to stay there', async ({ app }) => {
  const page = await fetch(`${app.url}/sign-in`);
  const [script] = /\/_next\/static\/[^"]+\.js/.exec(await page.text()) ?? [];
  const paths = [
    '/sign-in',
    '/nowhere',
    '/icon.svg',
    '/api/health/live',
    '/api/v1/jobs',
    '/api/auth/csrf',
    '/api/inngest',
  ];
  for (const path of [...paths, script ?? '']) {
    const { headers } = await fetch(app.url + path);
    expect(headers.get('strict-transport-security'), path).toMatch(/^max-age=\d{8}/);
    expect(headers.get('x-content-type-options'), path).toBe('nosniff');
    expect(headers.get('cross-origin-resource-policy'), path).toBe('same-origin');
  }

  const json = { 'content-type': 'application/json' };
  const register = { method: 'POST', headers: json, body: JSON.stringify(ACCOUNT) };
  expect((await fetch(`${app.url}/api/v1/auth/register`, register)).status).toBe(201);
  const asked = await fetch(`${app.url}/api/auth/csrf`);
  const { csrfToken } = z.object({ csrfToken: z.string() }).parse(await asked.json());
  const signedIn = await fetch(`${app.url}/api/auth/callback/password`, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      cookie: asked.headers
        .getSetCookie()
        .map((one) => one.split(';')[0])
        .join('; '),
    },
    body: new URLSearchParams({ ...ACCOUNT, csrfToken }),
  });
  const session = signedIn.headers.getSetCookie().find((one) => one.startsWith('__Secure-next-auth.session-token='));
  const changed = await fetch(`${app.url}/api/v1/auth/password`, {
    method: 'PUT',
    headers: { ...json, 'sec-fetch-site': 'same-origin', cookie: session?.split(';')[0] ?? '' },
    body: JSON.stringify({ current_password: ACCOUNT.password, new_password: 'quatre lampes dans la brume' }),
  });
  expect(changed.status).toBe(204);

  const cookies = [asked, signedIn, changed].flatMap(({ headers }) => headers.getSetCookie());
  expect(cookies.length).toBeGreaterThan(2);
  for (const cookie of cookies) {
    expect(cookie).toMatch(/^__(?:Secure|Host)-next-auth\./);
    for (const property of ['HttpOnly', 'Secure', 'SameSite=Lax']) expect(cookie.split('; ')).toContain(property);
  }
});
