import type { Page } from '@playwright/test';
import { makeNovel } from './support/novel-maker';
import { RunningJobBar } from './support/pages/job-progress';
import { SiteHeader } from './support/pages/site-header';
import { expect, type Reader, test } from './support/story';

const bar = (page: Page) => new RunningJobBar(page).place;

/** Started elsewhere, and followed by the page until it is done. */
async function runJob(page: Page, reader: Reader, name: string): Promise<string> {
  const { pdf } = await makeNovel({ seed: 141, pages: 40 });
  const { id } = await reader.api.createJob(new File([new Uint8Array(pdf)], name), { engine: 'offline' });
  await page.goto('/settings');
  await expect(bar(page)).toContainText('Done');
  return id;
}

test('the end of a job is told until it is dismissed, or was in sight when the page is loaded anew', async ({
  page,
  reader,
}) => {
  await runJob(page, reader, 'premier.pdf');
  await new SiteHeader(page).open('Credits');
  await expect(page.getByRole('heading', { level: 1, name: 'Credits' })).toBeVisible();
  await expect(bar(page)).toContainText('premier');
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: 'Credits' })).toBeVisible();
  await page.waitForLoadState('networkidle');
  await expect(bar(page)).toBeHidden();

  await runJob(page, reader, 'second.pdf');
  await bar(page).getByRole('button', { name: 'Close' }).click();
  await expect(bar(page)).toBeHidden();
});

test('a novel opened in another tab is no news in this one', async ({ context, page, reader }) => {
  const jobId = await runJob(page, reader, 'ailleurs.pdf');
  const otherTab = await context.newPage();
  await otherTab.goto('/library');
  await page.bringToFront();
  await expect(bar(page)).toContainText('ailleurs');
  await otherTab.goto(`/jobs/${jobId}`);
  await expect(bar(page)).toBeHidden();
});
