import { type Browser, expect, type Page } from '@playwright/test';
import type { App } from './app';

/** The owner of the machine, in a browser of their own. */
export async function signInAsAdmin(browser: Browser, app: App): Promise<Page> {
  await app.restart();
  const page = await (await browser.newContext({ baseURL: app.url })).newPage();
  await page.goto(app.signInUrl);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Give it a French novel/);
  return page;
}
