import type { Locator, Page } from '@playwright/test';
import { makeNovel } from './support/novel-maker';
import { ReaderPage } from './support/pages/reader-page';
import { expect, test } from './support/story';

const FRAMES = 60;
const PAGES = 400;
const LONGEST_QUERY = 120;

/** Focused, in sight, and there to stay: not moved by heights that are still being found. */
async function expectAtRest(row: Locator) {
  await expect(row).toBeFocused({ timeout: 15_000 });
  await expect
    .poll(
      () =>
        row.evaluate(async (element, frames) => {
          const tops = new Set<number>();
          for (let frame = 0; frame < frames; frame += 1) {
            await new Promise((resolve) => requestAnimationFrame(resolve));
            tops.add(Math.round(element.getBoundingClientRect().top));
          }
          return tops.size;
        }, FRAMES),
      { timeout: 15_000 },
    )
    .toBe(1);
  await expect(row).toBeInViewport({ ratio: 1, timeout: 1_000 });
  await expect(row).toBeFocused({ timeout: 1_000 });
}

async function slowDown(page: Page, rate: number) {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate });
}

test('a jump to any place of a long novel ends at the sentence asked for', async ({ page, reader }) => {
  const { pdf } = await makeNovel({ seed: 97, pages: PAGES });
  const job = await reader.api.createJob(new File([new Uint8Array(pdf)], 'long.pdf'), { engine: 'offline' });
  await expect.poll(async () => (await reader.api.getJob(job.id)).status, { timeout: 120_000 }).toBe('completed');
  const { items: headings } = await reader.api.getSentences(job.id, { kind: 'heading' });
  const under = new ReaderPage(page);
  const rowOf = (position: number) => page.locator(`[data-position="${position}"]`);

  const jumpByContents = async (share: number) => {
    const heading = headings[Math.floor(headings.length * share)];
    if (!heading) throw new Error('no such chapter');
    await under.tools.getByRole('button', { name: 'Contents' }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: heading.original })
      .and(page.getByRole('button', { name: new RegExp(` ?${heading.page_start}$`) }))
      .click();
    await expectAtRest(rowOf(heading.position));
  };
  const jumpBySearch = async (wanted: number) => {
    const { items } = await reader.api.getSentences(job.id, { page: wanted });
    const sentence = items.findLast(({ page_start, original }) => page_start === wanted && original.length > 60);
    if (!sentence) throw new Error('no such sentence');
    await under.search(sentence.original.slice(0, LONGEST_QUERY));
    await under.searchPanel.getByRole('listitem').getByRole('button').first().click({ timeout: 20_000 });
    await expectAtRest(rowOf(sentence.position));
  };

  for (const [width, slowness] of [
    [1280, 2],
    [360, 4],
  ] as const) {
    await page.setViewportSize({ width, height: 740 });
    await slowDown(page, slowness);
    await page.goto(`/jobs/${job.id}`);
    await expect(under.place).toBeVisible();
    await jumpByContents(0.9);
    await jumpBySearch(31);
    await jumpBySearch(PAGES);
    await jumpByContents(0.3);
    await page.reload();
    await expect(under.place).toBeVisible();
    await jumpBySearch(203);
    await jumpByContents(0.6);
  }
});
