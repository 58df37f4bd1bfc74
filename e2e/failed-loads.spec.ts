import type { Page } from '@playwright/test';
import type { App } from './support/app';
import { expectAccessible } from './support/expect-accessible';
import { makeNovel } from './support/novel-maker';
import { signInAsAdmin } from './support/sign-in-as-admin';
import { expect, test } from './support/story';
import { withoutTable } from './support/without-table';

const again = (page: Page) => page.getByRole('main').getByRole('button', { name: /^Try again/ });
const told = (page: Page) => page.getByRole('main').getByRole('alert');

/** Opens a page that the server cannot fill: it says so, and trying again works once the server can. */
async function expectToRecover(page: Page, app: App, { path, table }: { path: string; table: string }) {
  await withoutTable(app, table, async () => {
    await page.goto(path);
    await expect(told(page)).toContainText('Something failed on our side');
    await again(page).click();
    await expect(told(page)).toContainText('Something failed on our side');
    await expectAccessible(page);
  });
  await again(page).click();
  await expect(told(page)).toHaveCount(0);
}

test('the library and the page for programs say that they could not be filled, and are when it is tried again', async ({
  page,
  app,
  reader,
}) => {
  const { pdf } = await makeNovel({ seed: 105, pages: 1 });
  const job = await reader.api.createJob(new File([new Uint8Array(pdf)], 'perdu.pdf'), { engine: 'offline' });
  await expect.poll(async () => (await reader.api.getJob(job.id)).status).toBe('completed');
  await expectToRecover(page, app, { path: '/library', table: 'novels' });
  await expect(page.getByRole('main').getByRole('listitem')).toContainText('perdu');
  await expectToRecover(page, app, { path: '/programs', table: 'api_keys' });
  await expect(page.getByText('There are no keys yet.')).toBeVisible();
});

test('the accounts say so too', async ({ app, browser }) => {
  const page = await signInAsAdmin(browser, app);
  await expectToRecover(page, app, { path: '/admin', table: 'ledger_entries' });
  await expect(page.getByRole('cell', { name: /^owner@localhost/ })).toBeVisible();
});

test('a page that the server cannot even make says so, and comes when it is tried again', async ({
  page,
  app,
  reader,
}) => {
  await withoutTable(app, 'users', async () => {
    await page.goto('/account');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('The page could not be made');
    await expectAccessible(page);
  });
  await again(page).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Account');
  await expect(page.getByText(reader.email)).toBeVisible();
});

test('what is asked for while the connection is lost is asked for again', async ({ page, app, reader }) => {
  await page.goto('/account');
  await expect(page.getByText(reader.email)).toBeVisible();
  const download = page.getByRole('button', { name: 'Download everything' });
  await app.stop();
  await download.click();
  await expect(told(page)).toContainText('The server cannot be reached');
  await expect(told(page)).toContainText('Everything is still here.');
  await expectAccessible(page);
  await app.restart();
  const downloading = page.waitForEvent('download');
  await download.click();
  expect((await downloading).suggestedFilename()).toBe('french-novel-tool.zip');
  await expect(told(page)).toHaveCount(0);

  await page.goto('/programs');
  await page.getByLabel('What is it for?').fill('un essai');
  await app.stop();
  await page.getByRole('button', { name: 'Make a key' }).click();
  await expect(told(page)).toContainText('The server cannot be reached');
  await expect(told(page)).toContainText('No key was made.');
  await app.restart();
  await page.getByRole('button', { name: 'Make a key' }).click();
  await expect(page.getByText('The key “un essai” is made')).toBeVisible();

  await page.goto('/library');
  const { pdf } = await makeNovel({ seed: 106, pages: 1 });
  const job = await reader.api.createJob(new File([new Uint8Array(pdf)], 'retrouve.pdf'), { engine: 'offline' });
  await expect.poll(async () => (await reader.api.getJob(job.id)).status).toBe('completed');
  await page.reload();
  await expect(page.getByRole('main').getByRole('listitem')).toContainText('retrouve');
  await app.stop();
  await page.getByLabel('Search by title').fill('retrouve');
  await expect(told(page)).toContainText('The server cannot be reached');
  await app.restart();
  await again(page).click();
  await expect(page.getByRole('main').getByRole('listitem')).toContainText('retrouve');
});
