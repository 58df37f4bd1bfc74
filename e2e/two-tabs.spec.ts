import type { Page } from '@playwright/test';
import type { FakeGemini } from './support/fake-gemini';
import { makeNovel } from './support/novel-maker';
import { HomePage } from './support/pages/home-page';
import { jobPageProgress, ProgressDialog, RunningJobBar } from './support/pages/job-progress';
import { SiteHeader } from './support/pages/site-header';
import { expect, type Reader, test } from './support/story';

const LONGER_THAN_THE_STORY_MS = 300_000;

/** A job that waits for the model as long as the story likes. */
async function startLongJob(page: Page, gemini: FakeGemini, reader: Reader): Promise<string> {
  const { pdf } = await makeNovel({ seed: 51, pages: 45 });
  const home = new HomePage(page);
  await home.chooseEngine('Gemini');
  await home.choose({ name: 'Deux_fenêtres.pdf', bytes: pdf });
  gemini.setLatency(LONGER_THAN_THE_STORY_MS);
  await home.start();
  await expect.poll(() => gemini.calls.length).toBe(3);
  const [job] = (await reader.api.listJobs()).items;
  if (!job) throw new Error('no job was started');
  return job.id;
}

test('a job stopped in one tab is stopped in the other', async ({ context, page, reader, gemini }) => {
  const jobId = await startLongJob(page, gemini, reader);
  const dialog = new ProgressDialog(page);
  const otherTab = await context.newPage();
  await otherTab.goto(`/jobs/${jobId}`);
  const progress = jobPageProgress(otherTab);
  await expect(progress.parts).toHaveText('0 of 3');
  expect(await progress.percent()).toBe(await dialog.percent());

  await progress.askToStop();
  await progress.confirmStop();

  await expect(otherTab.getByText(/^Stopped\. [\d,]+ sentences are kept\.$/)).toBeVisible();
  await expect(dialog.place).toContainText(/Stopped\. [\d,]+ sentences are kept\./);
  await expect.poll(() => gemini.calls.every(({ aborted }) => aborted)).toBe(true);
});

test('a job goes on through a reload, a closed dialog and the Back button', async ({ page, reader, gemini }) => {
  const jobId = await startLongJob(page, gemini, reader);
  const dialog = new ProgressDialog(page);
  const bar = new RunningJobBar(page);

  await page.reload();
  await expect(dialog.parts).toHaveText('0 of 3');
  await dialog.closeButton.click();
  await expect(dialog.place).toBeHidden();
  await expect(bar.place).toContainText('Deux fenêtres');

  await new SiteHeader(page).openLibrary();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Library');
  await expect(page.getByRole('main').getByRole('listitem')).toContainText(/At work, \d+%/);
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Give it a French novel/);
  await bar.show();
  await expect(dialog.parts).toHaveText('0 of 3');
  await expect(bar.place).toBeHidden();

  await reader.api.cancelJob(jobId);
  await expect(dialog.place).toContainText('Stopped.');
  expect(gemini.calls).toHaveLength(3);
});

test('a reader who goes offline is told calmly, and finds what happened meanwhile', async ({
  context,
  page,
  reader,
  gemini,
}) => {
  const jobId = await startLongJob(page, gemini, reader);
  const dialog = new ProgressDialog(page);
  const offline = page.getByText('You are offline. What is already open can still be read; jobs go on without you.');

  await context.setOffline(true);
  await expect(offline).toBeVisible();
  await reader.api.cancelJob(jobId);
  await context.setOffline(false);

  await expect(offline).toBeHidden();
  await expect(dialog.place).toContainText('Stopped.');
  await dialog.readButton.click();
  await expect(page.getByRole('region', { name: 'Page 1', exact: true }).getByRole('listitem').first()).toBeVisible();
});
