import { createApi } from '@/lib/client/api';
import { type App, startApp } from './support/app';
import { type FakeGoogle, startFakeGoogle } from './support/fake-google';
import { SignInPage } from './support/pages/sign-in-page';
import { test as base, expect } from './support/story';

const test = base.extend<object, { google: FakeGoogle; googleApp: App }>({
  google: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern
    async ({}, lend) => {
      const google = await startFakeGoogle();
      await lend(google);
      await google.close();
    },
    { scope: 'worker' },
  ],
  googleApp: [
    async ({ google }, lend) => {
      const app = await startApp({ env: google.env });
      await lend(app);
      await app.remove();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  app: async ({ googleApp }, lend) => lend(googleApp),
});

const PASSWORD = 'une salle de lecture au calme';

test('Google lets a person in, and back to the page they wanted', async ({ page, context, google }) => {
  google.person({ sub: '1001', email: 'Lea@example.org', email_verified: true, name: 'Léa' });
  await page.goto('/library');
  await page.getByRole('button', { name: 'Continue with Google' }).click();
  await expect(page).toHaveURL(/\/library$/);
  const me = await page.request.get('/api/v1/auth/me');
  expect(await me.json()).toMatchObject({ email: 'lea@example.org', name: 'Léa', role: 'reader' });
  const [session] = (await context.cookies()).filter(({ name }) => name === 'next-auth.session-token');
  expect(session).toMatchObject({ httpOnly: true, sameSite: 'Lax' });
});

test('the owner of an address gets what somebody else registered under it, alone', async ({ page, app, google }) => {
  const api = createApi({ baseUrl: app.url });
  const lurker = { email: 'colette@example.org', password: PASSWORD };
  await api.register(lurker);
  const { access_token } = await api.token(lurker);
  const asLurker = createApi({ baseUrl: app.url, accessToken: () => access_token });
  const { id } = await asLurker.me();

  google.person({ sub: '1002', email: lurker.email, email_verified: true });
  await page.goto('/sign-in');
  await page.getByRole('button', { name: 'Continue with Google' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Give it a French novel/);
  expect(await (await page.request.get('/api/v1/auth/me')).json()).toMatchObject({ id });
  await expect(asLurker.me()).rejects.toThrow();
  await expect(api.token(lurker)).rejects.toThrow();
});

test('an address that Google has not verified opens nothing, and a token for another client neither', async ({
  page,
  google,
}) => {
  google.person({ sub: '1003', email: 'unproven@example.org', email_verified: false });
  await page.goto('/sign-in');
  await page.getByRole('button', { name: 'Continue with Google' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('Google has not verified your address yet');
  expect((await page.request.get('/api/v1/auth/me')).status()).toBe(401);

  google.person({ sub: '1004', email: 'stolen@example.org', email_verified: true, aud: 'another.example' });
  await page.getByRole('button', { name: 'Continue with Google' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('Google did not let you in');
  expect((await page.request.get('/api/v1/auth/me')).status()).toBe(401);

  const reader = { email: 'unproven@example.org', password: PASSWORD };
  await new SignInPage(page).register(reader);
});
