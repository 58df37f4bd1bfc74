import type { Page } from '@playwright/test';
import { makeNovel, type Novel, sentinelSentence } from './support/novel-maker';
import { HomePage } from './support/pages/home-page';
import { ProgressDialog } from './support/pages/job-progress';
import { ReaderPage } from './support/pages/reader-page';
import { readJsonExport } from './support/read-exports';
import { expect, openJobId, test } from './support/story';

/** The engine waits its own time before it repeats what failed without saying when to come back. */
const BACK_OFF_MS = 90_000;

async function rewriteWithGemini(page: Page, novel: Novel) {
  const home = new HomePage(page);
  await home.chooseEngine('Gemini');
  await home.choose({ name: 'gémeaux.pdf', bytes: novel.pdf });
  await home.start();
  await expect(new ProgressDialog(page).place).toContainText('Done', { timeout: BACK_OFF_MS });
  await new ProgressDialog(page).readButton.click();
}

const readSentences = async (page: Page) =>
  readJsonExport((await new ReaderPage(page).download('JSON')).bytes).sentences;

test('a model that stumbles in every way still gives a whole novel', async ({ page, reader, gemini }) => {
  const stumbles = ['Sentinelle429', 'Sentinelle500', 'SentinelleMalformee', 'SentinelleTronquee', 'SentinelleBloquee'];
  const sentinels = stumbles.map((marker) => ({ sentence: sentinelSentence(marker) }));
  await rewriteWithGemini(page, await makeNovel({ seed: 61, pages: 10, sentinels }));

  const sentences = await readSentences(page);
  const report = await reader.api.getReport(openJobId(page));
  expect(report.partial).toBe(false);
  expect(report.sentences.failed).toBe(0);
  const statuses = gemini.calls.map(({ status }) => status);
  expect(statuses).toContain(429);
  expect(statuses).toContain(500);
  expect(report.gemini_api_calls).toBe(gemini.calls.filter(({ status }) => status === 200).length);

  const methodOf = (marker: string) => sentences.find(({ original }) => original.includes(marker))?.method;
  expect(methodOf('SentinelleTronquee')).toBe('offline');
  expect(methodOf('SentinelleBloquee')).toBe('offline');
  expect(report.flags).toMatchObject({ blocked_by_model: 1 });
  for (const method of Object.keys(report.methods))
    expect(report.methods[method]).toBe(sentences.filter((sentence) => sentence.method === method).length);

  const sent = new Set(gemini.calls.flatMap(({ numbers }) => numbers));
  const kept = sentences.filter(({ status }) => status === 'kept' || status === 'skipped');
  expect(kept).not.toEqual([]);
  expect(kept.filter(({ position }) => sent.has(position))).toEqual([]);
});

test('a part the model refuses for good is a gap, named by its pages', async ({ page, reader, gemini }) => {
  const sentinels = [{ sentence: sentinelSentence('SentinelleRefusee'), page: 30 }];
  await rewriteWithGemini(page, await makeNovel({ seed: 62, pages: 45, sentinels }));

  await expect(page.getByText(/^Done, with gaps\. \d+ sentences could not be rewritten\.$/)).toBeVisible();
  await expect(page.getByText('Pages 21–40 could not be rewritten. Gemini refused the request.')).toBeVisible();
  const jobId = openJobId(page);
  const report = await reader.api.getReport(jobId);
  expect(report.partial).toBe(true);
  expect(report.failed_chunks).toMatchObject([
    { chunk: 1, pages: '21–40', code: 'MODEL_REQUEST_REFUSED', attempts: 1 },
  ]);
  const { sentences } = report;
  const skipped = Object.values(sentences.skipped).reduce((sum, count) => sum + count, 0);
  expect(sentences.total).toBe(sentences.kept + sentences.rewritten + sentences.failed + skipped);

  const failed = (await readSentences(page)).filter(({ status }) => status === 'failed');
  expect(failed).toHaveLength(sentences.failed);
  expect(failed.every(({ page_start }) => page_start > 20 && page_start <= 40)).toBe(true);
  expect(gemini.calls.filter(({ status }) => status === 400)).toHaveLength(1);
});

test('the same novel once more is taken from the earlier job: no call, no credits', async ({
  page,
  reader,
  gemini,
}) => {
  const novel = await makeNovel({ seed: 63, pages: 3 });
  await rewriteWithGemini(page, novel);
  const first = await readSentences(page);
  const { rewritten } = (await reader.api.getReport(openJobId(page))).sentences;
  const before = await reader.api.getCredits();
  expect(before.used).toBeGreaterThan(0);
  gemini.reset();

  await page.goto('/');
  const home = new HomePage(page);
  await home.choose({ name: 'gémeaux.pdf', bytes: novel.pdf });
  await expect(home.figure('To rewrite')).toContainText(`${rewritten} of them are there already, from an earlier job`);
  await expect(home.figure('Price')).toContainText('Free');
  await home.start();
  const dialog = new ProgressDialog(page);
  await expect(dialog.place).toContainText(
    `${rewritten} sentences were taken from an earlier job of yours, at no cost.`,
  );
  await dialog.readButton.click();

  expect((await readSentences(page)).map(({ rewrites }) => rewrites)).toEqual(first.map(({ rewrites }) => rewrites));
  expect(gemini.calls).toEqual([]);
  expect(await reader.api.getCredits()).toEqual(before);
  const report = await reader.api.getReport(openJobId(page));
  expect(report).toMatchObject({ cached_sentences: rewritten, gemini_api_calls: 0, credits: { reserved: 0 } });
});
