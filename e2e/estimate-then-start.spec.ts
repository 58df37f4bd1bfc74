import type { Page } from '@playwright/test';
import { startApp } from './support/app';
import { makeNovel } from './support/novel-maker';
import { HomePage } from './support/pages/home-page';
import { ProgressDialog } from './support/pages/job-progress';
import { SiteHeader } from './support/pages/site-header';
import { storedFiles } from './support/stored-files';
import { test as base, expect, geminiEnv, test } from './support/story';

/** The questions about prices that the page asks, in order. */
function listenToEstimates(page: Page): string[] {
  const asked: string[] = [];
  page.on('request', (request) => {
    const path = /\/api\/v1\/(estimate.*|jobs\/confirm)$/.exec(request.url())?.[1];
    if (path !== undefined) asked.push(`${request.method()} ${path.replace(/\/01.*/, '/…')}`);
  });
  return asked;
}

test('the price is known before anything is spent, and follows the settings without sending the file again', async ({
  page,
  reader,
}) => {
  const { pdf, sentences } = await makeNovel({ seed: 81, pages: 12 });
  const home = new HomePage(page);
  const asked = listenToEstimates(page);

  await home.chooseEngine('Offline');
  await home.choose({ name: 'devis.pdf', bytes: pdf });
  await expect(home.novel).toContainText('12 pages, all with text');
  await expect(home.figure('Sentences')).toContainText(String(sentences.length));
  await expect(home.figure('Price')).toContainText('Free');
  const longAtEight = (await home.figure('To rewrite').textContent()) ?? '';

  await page.getByRole('button', { name: '12 words' }).click();
  await expect(home.figure('To rewrite')).not.toHaveText(longAtEight);
  await home.chooseEngine('Gemini');
  await expect(home.figure('Price')).toContainText(/^\d+ credits/);
  await expect(home.figure('Price')).toContainText('10,000 left this month');
  const credits = Number.parseInt((await home.figure('Price').textContent()) ?? '', 10);
  expect(await reader.api.getCredits()).toMatchObject({ balance: 10_000, reserved: 0, used: 0 });
  expect((await reader.api.listJobs()).items).toEqual([]);

  await home.start();
  await expect(new ProgressDialog(page).place).toContainText('Done.');
  expect(asked).toEqual(['POST estimate', 'POST estimate/…', 'POST estimate/…', 'POST jobs/confirm']);
  const [job] = (await reader.api.listJobs()).items;
  expect(job).toMatchObject({ engine: 'gemini', sentence_length_limit: 12, estimated_credits: credits });
});

test('the short story starts by itself, but not where it costs credits', async ({ page, reader }) => {
  const home = new HomePage(page);

  await home.chooseEngine('Gemini');
  await home.trySample();
  await expect(home.figure('Price')).toContainText(/^\d+ credits/);
  await expect(home.startButton).toBeEnabled();
  expect((await reader.api.listJobs()).items).toEqual([]);

  await page.reload();
  await home.chooseEngine('Offline');
  await home.trySample();
  await expect(new ProgressDialog(page).place).toContainText('Done.');
  expect((await reader.api.listJobs()).items).toMatchObject([
    { engine: 'offline', novel: { name: 'La dernière tournée.pdf' } },
  ]);
});

test('a novel that is put aside is not kept', async ({ app, page, reader }) => {
  const before = storedFiles(app.dataDir);
  const keptNow = () => storedFiles(app.dataDir).filter((name) => !before.includes(name));
  const [first, second] = await Promise.all([82, 83].map((seed) => makeNovel({ seed, pages: 2 })));
  if (!first || !second) throw new Error('no novels');
  const home = new HomePage(page);

  await home.choose({ name: 'premier.pdf', bytes: first.pdf });
  await expect(home.startButton).toBeEnabled();
  const [firstFile] = keptNow();
  await home.choose({ name: 'second.pdf', bytes: second.pdf });
  await expect(home.novel).toContainText('second.pdf');
  await expect(home.startButton).toBeEnabled();
  await expect.poll(keptNow).toHaveLength(1);
  expect(keptNow()).not.toContain(firstFile);

  await new SiteHeader(page).openLibrary();
  await expect.poll(keptNow).toEqual([]);
  await page.goBack();
  await home.choose({ name: 'premier.pdf', bytes: first.pdf });
  await expect(home.startButton).toBeEnabled();
  expect(keptNow()).toHaveLength(1);
  await page.reload();
  await expect.poll(keptNow).toEqual([]);
  expect((await reader.api.listJobs()).items).toEqual([]);
});

const poorTest = base.extend({
  app: async ({ gemini }, lend) => {
    const app = await startApp({ env: { ...geminiEnv(gemini), MONTHLY_CREDITS: '3' } });
    await lend(app);
    await app.remove();
  },
});

poorTest(
  'whoever has too few credits learns it before the start, and goes on for nothing',
  async ({ page, reader }) => {
    const { pdf } = await makeNovel({ seed: 84, pages: 12 });
    const home = new HomePage(page);

    await home.chooseEngine('Gemini');
    await home.choose({ name: 'trop-cher.pdf', bytes: pdf });
    await expect(home.novel).toContainText('There are not enough credits left this month.');
    await expect(home.startButton).toBeDisabled();
    await home.chooseEngine('Offline');
    await expect(home.figure('Price')).toContainText('Free');
    await home.start();
    await expect(new ProgressDialog(page).place).toContainText('Done.');
    expect(await reader.api.getCredits()).toMatchObject({ balance: 3, used: 0 });
  },
);

test('an estimate that is too old is made again from the reader’s own copy', async ({ page, reader }) => {
  const { pdf } = await makeNovel({ seed: 85, pages: 2 });
  const home = new HomePage(page);
  const estimating = page.waitForResponse('**/api/v1/estimate');

  await home.chooseEngine('Offline');
  await home.choose({ name: 'vieux-devis.pdf', bytes: pdf });
  await expect(home.startButton).toBeEnabled();
  const { quote_id } = await (await estimating).json();
  await reader.api.forgetEstimate(quote_id);
  await home.start();
  await expect(home.problem).toContainText('The estimate is too old');
  await page.getByRole('button', { name: 'Send the file again' }).click();
  await expect(home.problem).toBeHidden();
  await home.start();
  await expect(new ProgressDialog(page).place).toContainText('Done.');
});
