import { expectAccessible } from './support/expect-accessible';
import { makeNovel } from './support/novel-maker';
import { ReaderPage } from './support/pages/reader-page';
import { expect, test } from './support/story';

test('the marks under what is too long can be put away, and stay away', async ({ page, reader }) => {
  const { pdf } = await makeNovel({ seed: 95, pages: 3 });
  const job = await reader.api.createJob(new File([new Uint8Array(pdf)], 'sans-marques.pdf'), { engine: 'offline' });
  await expect.poll(async () => (await reader.api.getJob(job.id)).status).toBe('completed');
  const { items } = await reader.api.getSentences(job.id, { page: 1 });
  const tooLong = items.find(({ flags }) => flags.includes('over_limit'));
  if (!tooLong) throw new Error('nothing is too long');
  const under = new ReaderPage(page);
  const marked = page.locator(`[data-position="${tooLong.position}"] [lang="fr"] span`).first();

  await page.goto(`/jobs/${job.id}`);
  await expect(marked).toHaveCSS('text-decoration-line', 'underline');
  await under.tools.getByRole('button', { name: 'View' }).click();
  await page.getByRole('switch', { name: 'Mark what is too long' }).click();
  await expect(marked).toHaveCSS('text-decoration-line', 'none');
  await expect(page.getByText('A dotted line')).toBeHidden();
  await expectAccessible(page);
  await page.reload();
  await expect(marked).toHaveCSS('text-decoration-line', 'none');
});
