import { JobReport } from '@/lib/jobs/schema';
import { startApp } from './support/app';
import { makeNovel } from './support/novel-maker';
import { HomePage } from './support/pages/home-page';
import { ProgressDialog } from './support/pages/job-progress';
import { ReaderPage } from './support/pages/reader-page';
import { lettersOf, readCsvExport, readJsonExport, readPdfExport } from './support/read-exports';
import { expect, openJobId, test } from './support/story';

const strangersTest = test.extend({
  // A fresh clone: no key, no account, nothing configured.
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern
  app: async ({}, lend) => {
    const app = await startApp();
    await lend(app);
    await app.remove();
  },
});

strangersTest('the owner of a fresh clone tries the short story, reads it and takes it home', async ({ app, page }) => {
  const dialog = new ProgressDialog(page);
  const reader = new ReaderPage(page);

  await page.goto(app.signInUrl);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Give it a French novel/);
  const home = new HomePage(page);
  await home.trySample();
  await expect(dialog.place).toContainText(/[1-9]\d*%|Done/);
  await expect(dialog.place).toContainText(/Done\. \d+ sentences were rewritten\./);
  await dialog.readButton.click();

  await expect(reader.title).toHaveText('La dernière tournée');
  const report = JobReport.parse(await (await page.request.get(`/api/v1/jobs/${openJobId(page)}/report`)).json());
  const { total, kept, rewritten, failed, skipped } = report.sentences;
  const skippedInAll = Object.values(skipped).reduce((sum, count) => sum + count, 0);
  expect(total).toBe(kept + rewritten + failed + skippedInAll);
  expect(failed).toBe(0);

  const json = await reader.download('JSON');
  expect(json.fileName).toBe('La dernière tournée.json');
  const { sentences } = readJsonExport(json.bytes);
  expect(sentences).toHaveLength(total);
  expect(sentences.filter(({ status }) => status === 'rewritten')).toHaveLength(rewritten);

  const csv = await reader.download('CSV');
  expect(csv.fileName).toBe('La dernière tournée.csv');
  const [, ...rows] = readCsvExport(csv.bytes);
  expect(rows.map(([, , original]) => original?.replace(/^'/, ''))).toEqual(sentences.map(({ original }) => original));

  const text = await reader.download('Text');
  expect(text.fileName).toBe('La dernière tournée.txt');
  const toldAgain = lettersOf(sentences.flatMap(({ rewrites }) => rewrites).join(''));
  expect(lettersOf(text.bytes.toString('utf8'))).toBe(lettersOf('La dernière tournée') + toldAgain);

  const pdf = await reader.download('PDF');
  expect(pdf.fileName).toBe('La dernière tournée.pdf');
  const pages = await readPdfExport(pdf.bytes);
  expect(pages[0]).toContain('La dernière tournée');
  const last = sentences.at(-1)?.rewrites.at(-1) ?? '';
  expect(lettersOf(pages.join(''))).toContain(lettersOf(last));

  const found = sentences.find(({ status, rewrites }) => status === 'rewritten' && rewrites.length > 1);
  if (!found) throw new Error('nothing was rewritten');
  await reader.search(found.original.slice(0, 40));
  await expect(reader.searchPanel.getByRole('status')).toHaveText('1 sentence found.');
  await reader.searchPanel.getByRole('listitem').getByRole('button').click();
  const paragraphs = reader.row(found.page_start, found.original).getByRole('paragraph');
  await expect(paragraphs.nth(0)).toHaveText(found.original);
  await expect(paragraphs.nth(1)).toHaveText(found.rewrites.join(' '));
});

test.describe('a novel of one’s own', () => {
  test('is chosen, found again in every sentence, and named as its reader named it', async ({ page, reader }) => {
    const novel = await makeNovel({ seed: 11, pages: 12 });
    const home = new HomePage(page);
    const dialog = new ProgressDialog(page);

    await home.chooseEngine('Offline');
    await home.choose({ name: 'Été_à_l’île.pdf', bytes: novel.pdf });
    await expect(home.novel).toContainText('Été_à_l’île.pdf');
    await home.start();
    await expect(dialog.place).toContainText('Done.');
    await dialog.readButton.click();

    await expect(new ReaderPage(page).title).toHaveText('Été à l’île');
    const exported = await new ReaderPage(page).download('JSON');
    expect(exported.fileName).toBe('Été_à_l’île.json');
    const originals = readJsonExport(exported.bytes).sentences.map(({ original }) => original);
    expect(originals.map(withPlainSpaces)).toEqual(novel.sentences.map(withPlainSpaces));
    const { items } = await reader.api.listJobs();
    expect(items.map(({ engine, pages, status }) => ({ engine, pages, status }))).toEqual([
      { engine: 'offline', pages: 12, status: 'completed' },
    ]);
  });

  test('may be dropped anywhere on the page', async ({ page, reader }) => {
    const { pdf } = await makeNovel({ seed: 12, pages: 2 });
    const home = new HomePage(page);

    await home.drop({ name: 'roman.pdf', bytes: pdf });
    await home.start();
    await expect(new ProgressDialog(page).place).toContainText('Done.');

    expect((await reader.api.listJobs()).items).toHaveLength(1);
  });
});

/** Which spaces may not break is the typesetter's business. */
const withPlainSpaces = (text: string) => text.replaceAll('\u00a0', ' ');
