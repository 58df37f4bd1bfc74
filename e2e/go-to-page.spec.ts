import type { Page } from '@playwright/test';
import { makeNovel } from './support/novel-maker';
import { ReaderPage } from './support/pages/reader-page';
import { SiteHeader } from './support/pages/site-header';
import { expect, type Reader, test } from './support/story';

const PAGES = 120;

/** Until the heights around are known, a page is held in its place, and whatever the reader does ends that. */
const expectAtRest = (page: Page) =>
  expect
    .poll(() =>
      page.evaluate(async () => {
        const heights = new Set<number>();
        for (let frame = 0; frame < 60; frame += 1) {
          await new Promise((resolve) => requestAnimationFrame(resolve));
          heights.add(document.body.scrollHeight).add(Math.round(window.scrollY));
        }
        return heights.size;
      }),
    )
    .toBe(2);

async function readNovel(reader: Reader): Promise<string> {
  const { pdf } = await makeNovel({ seed: 131, pages: PAGES });
  const job = await reader.api.createJob(new File([new Uint8Array(pdf)], 'long.pdf'), { engine: 'offline' });
  await expect.poll(async () => (await reader.api.getJob(job.id)).status, { timeout: 120_000 }).toBe('completed');
  return job.id;
}

test('a page is gone to by its number, and the address follows, so that links and Back work', async ({
  page,
  reader,
}) => {
  const jobId = await readNovel(reader);
  const under = new ReaderPage(page);
  const expectPage = async (number: number) => {
    await expect(under.novelPage(number)).toBeInViewport();
    await expect(under.place).toHaveValue(String(number));
    await expect(page).toHaveURL(new RegExp(`/jobs/${jobId}${number === 1 ? '' : `\\?page=${number}`}$`));
  };

  await new SiteHeader(page).openLibrary();
  await page.getByRole('link', { name: 'long' }).click();
  await expect(under.novelPage(1).getByRole('listitem').first()).toBeVisible();
  await page.keyboard.press('g');
  await expect(under.place).toBeFocused();
  await page.keyboard.type('87');
  await page.keyboard.press('Enter');
  await expectPage(87);
  await expect(under.novelPage(87)).toBeFocused();

  await under.place.fill('99999');
  await under.place.press('Enter');
  await expectPage(PAGES);
  await page.goBack();
  await expectPage(87);
  await page.goBack();
  await expectPage(1);
  await page.goForward();
  await expectPage(87);
  await page.reload();
  await expectPage(87);

  // What is not a number, or not sent, leads nowhere.
  await under.place.fill('xii');
  await expect(under.place).toHaveValue('');
  await under.place.press('Enter');
  await under.place.fill('5');
  await page.keyboard.press('Escape');
  await expectPage(87);

  // A link is stronger than where one was last.
  await page.goto(`/jobs/${jobId}?page=33`);
  await expectPage(33);
  await page.goto(`/jobs/${jobId}`);
  await expectPage(33);
  await new SiteHeader(page).openLibrary();
  await page.goBack();
  await expectPage(33);
  await under.place.fill('87');
  await under.place.press('Enter');
  await expectPage(87);
  await page.keyboard.press('j');
  await expect(under.novelPage(87).getByRole('listitem').first()).toBeFocused();
});

test('what is found is jumped to, and Back leads to where one read', async ({ page, reader }) => {
  const jobId = await readNovel(reader);
  const under = new ReaderPage(page);
  const { items } = await reader.api.getSentences(jobId, { page: 64 });
  const wanted = items.find(({ page_start, original }) => page_start === 64 && original.length > 60);
  if (!wanted) throw new Error('no such sentence');

  await page.goto(`/jobs/${jobId}`);
  await expect(under.novelPage(1).getByRole('listitem').first()).toBeVisible();
  await under.place.fill('20');
  await under.place.press('Enter');
  await expect(under.novelPage(20)).toBeFocused();
  await expectAtRest(page);
  await expect(under.place).toHaveValue('20');
  await under.search(wanted.original.slice(0, 60));
  await under.searchPanel.getByRole('listitem').getByRole('button').first().click();
  await expect(page.locator(`[data-position="${wanted.position}"]`)).toBeFocused();
  await page.goBack();
  await expect(under.place).toHaveValue('20');
});

test('more than can be searched for is cut, and the reader is told', async ({ page, reader }) => {
  const jobId = await readNovel(reader);
  const { items } = await reader.api.getSentences(jobId, { limit: 1000 });
  const wanted = items.find(({ original }) => original.length > 200);
  if (!wanted) throw new Error('no sentence is so long');
  const under = new ReaderPage(page);
  const said = page.getByText('Only the first 200 characters are looked for.');

  await page.goto(`/jobs/${jobId}`);
  await under.search(`${wanted.original} And more that is not in the novel.`);
  await expect(said).toBeVisible();
  await expect(under.searchPanel.getByText('1 sentence found.')).toBeVisible();
  await page.keyboard.press('Escape');

  await new SiteHeader(page).openLibrary();
  await page.getByRole('searchbox').fill('é'.repeat(201));
  await expect(said).toBeVisible();
  await expect(page.getByText('Nothing found')).toBeVisible();
  await page.getByRole('searchbox').fill('lon');
  await expect(said).toBeHidden();
  await expect(page.getByRole('link', { name: 'long' })).toBeVisible();
});
