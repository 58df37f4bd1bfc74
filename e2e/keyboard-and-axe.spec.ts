import { expectAccessible } from './support/expect-accessible';
import { makeNovel } from './support/novel-maker';
import { asUpload, HomePage } from './support/pages/home-page';
import { ProgressDialog, RunningJobBar } from './support/pages/job-progress';
import { ReaderPage } from './support/pages/reader-page';
import { SiteHeader } from './support/pages/site-header';
import { expect, openJobId, test } from './support/story';
import { shiftTabTo, tabTo } from './support/tab-to';

test('the whole job can be done with the keyboard alone', async ({ page, reader }) => {
  const { pdf, sentences } = await makeNovel({ seed: 71, pages: 4 });
  const home = new HomePage(page);
  const dialog = new ProgressDialog(page);
  const under = new ReaderPage(page);

  await tabTo(page, page.getByRole('link', { name: 'Skip to the text' }));
  await page.keyboard.press('Enter');
  const choosing = page.waitForEvent('filechooser');
  await tabTo(page, home.novel.getByRole('button', { name: 'Choose a PDF' }));
  await page.keyboard.press('Enter');
  await (await choosing).setFiles(asUpload({ name: 'clavier.pdf', bytes: pdf }));
  await tabTo(page, page.getByRole('slider', { name: 'Words in a sentence, at most' }));
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('slider')).toHaveAttribute('aria-valuetext', '9 words');
  await tabTo(page, page.getByRole('radio', { name: 'Gemini' }));
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('radio', { name: 'Offline' })).toBeChecked();
  await expect(home.startButton).toBeEnabled();
  await shiftTabTo(page, home.startButton);
  await page.keyboard.press('Enter');
  await tabTo(page, dialog.readButton);
  await page.keyboard.press('Enter');

  const rows = under.novelPage(1).getByRole('listitem');
  await expect(rows.first()).toBeVisible();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await expect(rows.nth(1)).toBeFocused();
  await page.keyboard.press('k');
  await expect(rows.nth(0)).toBeFocused();
  // Reaching for the tools moves nothing: from wherever the focus is, the next page is the next.
  await page.keyboard.press('n');
  await expect(under.place).toHaveValue('2');
  await page.keyboard.press('j');
  await expect(under.novelPage(2).getByRole('listitem').first()).toBeFocused();
  await page.keyboard.press('n');
  await expect(under.place).toHaveValue('3');
  await page.keyboard.press('p');
  await expect(under.place).toHaveValue('2');
  await shiftTabTo(page, under.tools.getByRole('button', { name: 'Next page' }));
  await expect(under.place).toHaveValue('2');
  await page.keyboard.press('Enter');
  await expect(under.place).toHaveValue('3');
  await page.keyboard.press('/');
  await expect(under.searchPanel.getByRole('searchbox')).toBeFocused();
  const told = sentences.at(-1) ?? '';
  await page.keyboard.type(told.slice(0, 30));
  await expect(under.searchPanel.getByRole('status')).toHaveText('1 sentence found.');
  await tabTo(page, under.searchPanel.getByRole('listitem').getByRole('button'));
  await page.keyboard.press('Enter');
  await expect(under.row(4, told)).toBeFocused();

  await shiftTabTo(page, under.tools.getByRole('button', { name: 'Download' }));
  await page.keyboard.press('Enter');
  const downloading = page.waitForEvent('download');
  await expect(page.getByRole('menuitem', { name: /^CSV/ })).toBeFocused();
  await page.keyboard.press('Enter');
  expect((await downloading).suggestedFilename()).toBe('clavier.csv');
  expect((await reader.api.getJob(openJobId(page))).sentence_length_limit).toBe(9);
});

test('a stranger finds no barrier', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sign in');
  await expectAccessible(page);
  await page.goto('/nowhere');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is nothing at this address');
  await expectAccessible(page);
});

test('a reader finds no barrier at home, in the library and while a job runs', async ({ page, reader, gemini }) => {
  const { pdf } = await makeNovel({ seed: 72, pages: 31 });
  const home = new HomePage(page);
  const dialog = new ProgressDialog(page);
  await expectAccessible(page);
  await home.choose({ name: 'barrière.pdf', bytes: pdf });
  await home.chooseEngine('Gemini');
  await expect(home.figure('Price')).toContainText(/credits.*left this month/);
  await expectAccessible(page);
  gemini.setLatency(300_000);
  await home.start();
  await expect(dialog.parts).toHaveText('0 of 2');
  await expectAccessible(page);
  await dialog.askToStop();
  await expectAccessible(page);
  // Escape says no to the question; the dialog around it closes at the next one.
  await page.keyboard.press('Escape');
  await expect(dialog.place.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(new RunningJobBar(page).place.getByRole('button', { name: 'Show' })).toBeFocused();
  await new SiteHeader(page).openLibrary();
  await expect(page.getByRole('main').getByRole('listitem')).toBeVisible();
  await expectAccessible(page);
  const [job] = (await reader.api.listJobs()).items;
  if (!job) throw new Error('no job was started');
  await page.goto(`/jobs/${job.id}`);
  await expect(new ReaderPage(page).novelPage(1).getByRole('listitem').first()).toBeVisible();
  await expectAccessible(page);
  await reader.api.cancelJob(job.id);
});

test('a reader finds no barrier in a finished novel', async ({ page, reader }) => {
  const { pdf } = await makeNovel({ seed: 73, pages: 3 });
  const job = await reader.api.createJob(new File([new Uint8Array(pdf)], 'fini.pdf'), { engine: 'offline' });
  await expect.poll(async () => (await reader.api.getJob(job.id)).status).toBe('completed');
  const under = new ReaderPage(page);
  await page.goto(`/jobs/${job.id}`);
  await expect(under.novelPage(1).getByRole('listitem').first()).toBeVisible();
  await expectAccessible(page);
  await under.search('le');
  await expect(under.searchPanel.getByRole('listitem').first()).toBeVisible();
  await expectAccessible(page);
  await page.goto('/jobs/nothing');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is no such novel here');
  await expectAccessible(page);
});
