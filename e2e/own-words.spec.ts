import { expectAccessible } from './support/expect-accessible';
import { makeNovel } from './support/novel-maker';
import { ReaderPage } from './support/pages/reader-page';
import { readJsonExport } from './support/read-exports';
import { expect, test } from './support/story';

test('a reader puts own words in the place of a sentence, and keeps them', async ({ page, reader }) => {
  const { pdf } = await makeNovel({ seed: 95, pages: 3 });
  const job = await reader.api.createJob(new File([new Uint8Array(pdf)], 'mes-mots.pdf'), { engine: 'offline' });
  await expect.poll(async () => (await reader.api.getJob(job.id)).status).toBe('completed');
  const { items } = await reader.api.getSentences(job.id, { page: 1 });
  const chosen = items.find(({ status }) => status === 'rewritten');
  if (!chosen) throw new Error('nothing was rewritten');
  const under = new ReaderPage(page);
  const row = under.row(1, chosen.original);
  const words = page.getByRole('textbox', { name: 'Your own words, one sentence to a line' });

  await page.goto(`/jobs/${job.id}`);
  await row.hover();
  await expectAccessible(page);
  await page.setViewportSize({ width: 1280, height: 900 });
  await row.hover();
  await row.getByRole('button', { name: 'Edit' }).click();
  await expect(words).toBeFocused();
  await expect(words).toHaveValue(chosen.rewrites.join('\n'));
  await expectAccessible(page);
  await page.setViewportSize({ width: 1280, height: 900 });
  await words.fill('Il marche.\n\nElle attend.\n');
  await row.getByRole('button', { name: 'Save' }).click();
  // The field holds the same words, and is gone once they are kept.
  await expect(words).toBeHidden();
  await expect(row).toContainText('Il marche. Elle attend.');
  await expect(row).toContainText('Your own words');
  expect((await reader.api.getReport(job.id)).methods).toMatchObject({ reader: 1 });
  const { sentences } = readJsonExport((await under.download('JSON')).bytes);
  expect(sentences[chosen.position]).toMatchObject({ rewrites: ['Il marche.', 'Elle attend.'], method: 'reader' });

  await page.reload();
  await expect(row).toContainText('Il marche. Elle attend.');
  await page.keyboard.press('j');
  await page.keyboard.press('e');
  await expect(words).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(words).toBeHidden();
  expect(
    (await reader.api.getSentences(job.id, { page: 1 })).items.filter(({ method }) => method === 'reader'),
  ).toEqual([expect.objectContaining({ position: chosen.position, locked: true })]);
});

test.describe('on a phone', () => {
  test.use({ hasTouch: true, isMobile: true });
  test('a kept sentence is put into own words by touch', async ({ page, reader }) => {
    const { pdf } = await makeNovel({ seed: 96, pages: 2 });
    const job = await reader.api.createJob(new File([new Uint8Array(pdf)], 'au-doigt.pdf'), { engine: 'offline' });
    await expect.poll(async () => (await reader.api.getJob(job.id)).status).toBe('completed');
    const { items } = await reader.api.getSentences(job.id, { page: 1 });
    const chosen = items.find(({ status }) => status === 'kept');
    if (!chosen) throw new Error('nothing was kept');
    for (const [width, words] of [
      [360, 'Il marche.'],
      [1024, 'Il marche encore.'],
    ] as const) {
      await page.setViewportSize({ width, height: 740 });
      await page.goto(`/jobs/${job.id}`);
      const row = page.locator(`[data-position="${chosen.position}"]`);
      const edit = row.getByRole('button', { name: 'Edit' });
      await expect(edit).toBeHidden();
      await row.locator('[aria-expanded]').tap();
      await edit.tap();
      await page.getByRole('textbox', { name: 'Your own words, one sentence to a line' }).fill(words);
      await row.getByRole('button', { name: 'Save' }).tap();
      await expect(page.getByRole('textbox', { name: 'Your own words, one sentence to a line' })).toBeHidden();
      await expect(row).toContainText(words);
    }
    await expectAccessible(page);
  });
});
