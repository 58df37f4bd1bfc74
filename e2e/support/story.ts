import { test as base, expect, type Page } from '@playwright/test';
import { type Api, createApi } from '@/lib/client/api';
import { newId } from '@/lib/ids';
import { type App, startApp } from './app';
import { type FakeGemini, startFakeGemini } from './fake-gemini';
import { SignInPage } from './pages/sign-in-page';

export { expect };

/** Somebody with an account of their own, who sees nobody else's novels. */
export interface Reader {
  email: string;
  password: string;
  /** The public API as this reader, for what the page does not show. */
  api: Api;
}

interface WorkerFixtures {
  sharedGemini: FakeGemini;
  /** One for all stories that leave it running. */
  sharedApp: App;
}

interface StoryFixtures {
  /** Has heard nothing yet and answers at once. */
  gemini: FakeGemini;
  app: App;
  /** Has just registered in `page`, as a stranger would. */
  reader: Reader;
  /** Fails the story when its page throws. */
  calmPage: undefined;
}

/** What an app needs to ask the fake in Google's place. */
export const geminiEnv = (gemini: FakeGemini) => ({ GEMINI_API_KEY: 'story-key', GEMINI_BASE_URL: gemini.url });

export const SMALL_UPLOAD_MB = 4;

export const test = base.extend<StoryFixtures, WorkerFixtures>({
  sharedGemini: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern
    async ({}, lend) => {
      const gemini = await startFakeGemini();
      await lend(gemini);
      await gemini.close();
    },
    { scope: 'worker' },
  ],
  sharedApp: [
    async ({ sharedGemini }, lend) => {
      const app = await startApp({ env: { ...geminiEnv(sharedGemini), MAX_UPLOAD_MB: String(SMALL_UPLOAD_MB) } });
      await lend(app);
      await app.remove();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  gemini: async ({ sharedGemini }, lend) => {
    sharedGemini.reset();
    sharedGemini.setLatency(0);
    await lend(sharedGemini);
  },
  app: async ({ sharedApp, gemini: _calmed }, lend) => lend(sharedApp),
  baseURL: async ({ app }, lend) => lend(app.url),
  reader: async ({ page, app }, lend) => {
    const account = { email: `${newId().toLowerCase()}@example.org`, password: 'une salle de lecture au calme' };
    await new SignInPage(page).register(account);
    await lend({ ...account, api: await apiAs(app, account) });
  },
  calmPage: [
    async ({ page }, lend) => {
      const errors: Error[] = [];
      page.on('pageerror', (error) => errors.push(error));
      await lend(undefined);
      expect(errors).toEqual([]);
    },
    { auto: true },
  ],
});

async function apiAs(app: App, account: { email: string; password: string }): Promise<Api> {
  const { access_token } = await createApi({ baseUrl: app.url }).token(account);
  return createApi({ baseUrl: app.url, accessToken: () => access_token });
}

/** The job whose page is open. */
export function openJobId(page: Page): string {
  const id = /^\/jobs\/([^/]+)$/.exec(new URL(page.url()).pathname)?.[1];
  if (id === undefined) throw new Error(`no job is open at ${page.url()}`);
  return id;
}
