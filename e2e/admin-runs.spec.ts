import { createServer } from 'node:http';
import type { Page } from '@playwright/test';
import { sql } from '@/db/client';
import { comeNow } from '@/inngest/functions/testing/come-now';
import { startApp } from './support/app';
import { expectAccessible } from './support/expect-accessible';
import { listen } from './support/listen';
import { makeNovel } from './support/novel-maker';
import { signInAsAdmin } from './support/sign-in-as-admin';
import { expect, test } from './support/story';
import { tabTo } from './support/tab-to';
import { withoutTable } from './support/without-table';

const heading = (page: Page) => page.getByRole('heading', { level: 1 });
const rows = (page: Page) => page.getByRole('row').filter({ has: page.getByRole('cell') });
const figure = (page: Page, name: string) =>
  page.getByRole('region', { name: 'Queue' }).locator('dl > div').filter({ hasText: name }).getByRole('definition');

test('an admin watches the run of a novel step by step, with the keyboard alone', async ({
  app,
  reader,
  gemini,
  browser,
}) => {
  const admin = await signInAsAdmin(browser, app);
  gemini.setLatency(300_000);
  await admin.goto('/admin');
  await tabTo(admin, admin.getByRole('link', { name: 'Runs' }));
  await admin.keyboard.press('Enter');
  await expect(heading(admin)).toHaveText('Runs');
  await expect(figure(admin, 'At work')).toHaveText('0');
  await expect(figure(admin, 'Engines')).toHaveText('1');

  const { pdf } = await makeNovel({ seed: 104, pages: 45 });
  const job = await reader.api.createJob(new File([new Uint8Array(pdf)], 'vu.pdf'), { engine: 'gemini' });
  await expect(figure(admin, 'At work')).toHaveText('3');
  const row = rows(admin).filter({ hasText: job.id }).filter({ hasText: 'process-novel' });
  await expect(row).toContainText('At work');
  await expectAccessible(admin);
  await tabTo(admin, row.getByRole('link', { name: 'process-novel-3' }));
  await admin.keyboard.press('Enter');

  await expect(heading(admin)).toHaveText('process-novel-3');
  await expect(rows(admin).filter({ hasText: 'split-job' })).toContainText('Done');
  await expect(rows(admin).filter({ hasText: 'process-chunk-0002' })).toContainText('At work');
  await expectAccessible(admin);
  await reader.api.cancelJob(job.id);
  // Whether its steps end before the run does, is a race.
  await expect(admin.getByRole('article')).toContainText(/Ended.*\d/);
  await expect(admin.getByRole('article')).not.toContainText('At work');
  await tabTo(admin, admin.getByRole('link', { name: 'All runs' }));
  await admin.keyboard.press('Enter');
  await expect(row).toContainText(/Cancelled|Done/);
  await expect(figure(admin, 'At work')).toHaveText('0');
});

test('an admin finds the run that failed, and where, at an address to come back to', async ({ app, browser }) => {
  const admin = await signInAsAdmin(browser, app);
  await withoutTable(app, 'webhook_deliveries', async () => {
    await comeNow('cron', 'sweep-old-keys');
    await expect
      .poll(() => sql()`select from inngest_embedded.runs where status = 'Failed' and fn like '%sweep-old-keys'`)
      .not.toHaveLength(0);
  });
  await admin.goto('/admin/runs');
  await expect(rows(admin).filter({ hasText: 'sweep-old-keys' }).first()).toContainText('PostgresError');
  await tabTo(admin, admin.getByLabel('State'));
  await admin.keyboard.press('F');
  await expect(admin).toHaveURL(/\?status=failed$/);
  await expect(rows(admin).filter({ hasNotText: 'Failed' })).toHaveCount(0);
  await tabTo(admin, admin.getByRole('link', { name: 'sweep-old-keys' }).first());
  await admin.keyboard.press('Enter');

  await expect(heading(admin)).toHaveText('sweep-old-keys');
  await admin.reload();
  await expect(admin.getByRole('article')).toContainText('Failed: PostgresError');
  await expect(rows(admin).filter({ hasText: 'sweep-keys' })).toContainText('Done');
  await expect(rows(admin).filter({ hasText: 'sweep-messages' })).toContainText('PostgresError');
  await expect(admin.getByRole('article')).not.toContainText('webhook_deliveries');
  await expectAccessible(admin);
  await admin.goBack();
  await expect(admin).toHaveURL(/\?status=failed$/);
  await expect(admin.getByLabel('State')).toHaveValue('failed');
  await admin.getByText('By function', { exact: true }).click();
  await expect(admin.getByRole('row', { name: /^sweep-old-keys/ }).first()).toContainText('1');
  await expectAccessible(admin);
  await admin.getByLabel('State').selectOption('Not ended');
  await expect(admin.getByText('No run of the last day is like this.')).toBeVisible();
  await admin.goto('/admin/runs/01JNOTHING');
  await expect(heading(admin)).toHaveText('This run is not known here');
  await expectAccessible(admin);
});

test('a reader gets nothing of the runs', async ({ page, reader }) => {
  expect(reader.email).not.toBe('');
  for (const path of ['/admin/runs', '/admin/runs/01JNOTHING']) {
    await page.goto(path);
    await expect(heading(page)).toHaveText('This page is for admins');
  }
  await expectAccessible(page);
  for (const path of ['engine', 'runs', 'runs/01JNOTHING']) {
    expect((await page.request.get(`/api/admin/${path}`)).status()).toBe(403);
  }
});

/** Like the real Inngest, it has no answers for this page. */
const openOther = (port?: number) =>
  listen(
    createServer((_, response) => response.writeHead(404).end()),
    port,
  );

test('where another Inngest runs the jobs, an admin is led to its dashboard, and told when it is away', async ({
  browser,
}) => {
  const other = await openOther();
  const address = `http://127.0.0.1:${other.port}`;
  const app = await startApp({ env: { INNGEST_BASE_URL: address, INNGEST_EVENT_KEY: 'key' } });
  const page = await (await browser.newContext({ baseURL: app.url })).newPage();
  await page.goto(app.signInUrl);
  await expect(heading(page)).toHaveText(/^Give it a French novel/);
  await page.goto('/admin/runs');
  await expect(page.getByRole('link', { name: `Go to 127.0.0.1:${other.port}` })).toHaveAttribute('href', address);
  await expectAccessible(page);
  await other.close();
  await page.reload();
  await expect(page.getByRole('heading', { level: 2 })).toHaveText('The job engine does not answer');
  await expectAccessible(page);
  const again = await openOther(other.port);
  await expect(page.getByRole('heading', { level: 2 })).toHaveText('Inngest has a dashboard of its own');
  await again.close();
  await app.remove();
});
