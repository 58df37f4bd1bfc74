import { expectAccessible } from './support/expect-accessible';
import { makeNovel } from './support/novel-maker';
import { HomePage } from './support/pages/home-page';
import { SiteHeader } from './support/pages/site-header';
import { expect, test } from './support/story';

test('a reader sees where the credits went, job by job', async ({ page, reader }) => {
  const { pdf } = await makeNovel({ seed: 91, pages: 6 });
  const job = await reader.api.createJob(new File([new Uint8Array(pdf)], 'Le_compte_est_bon.pdf'), {
    engine: 'gemini',
  });
  await expect.poll(async () => (await reader.api.getJob(job.id)).status).toBe('completed');
  const { reserved_credits: reserved, actual_credits: used } = await reader.api.getJob(job.id);
  const { balance } = await reader.api.getCredits();
  expect(balance).toBe(10_000 - used);

  await new SiteHeader(page).open('Credits');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Credits');
  const account = page.getByRole('region', { name: 'Balance' });
  await expect(account).toContainText(`${balance.toLocaleString('en')}credits left this month`);
  await expect(account.getByRole('definition')).toHaveText(['10,000', '0', String(used)]);
  const rows = page
    .getByRole('region', { name: 'Statement' })
    .getByRole('row')
    .filter({ has: page.getByRole('cell') });
  await expect(rows).toContainText([
    new RegExp(`${used} credits used; .*came back.*Le compte est bon`),
    new RegExp(`Set aside for.*Le compte est bon.*−${reserved}$`),
    /Credits of the month.*\+10,000$/,
  ]);
  await expectAccessible(page);

  await rows.first().getByRole('link', { name: 'Le compte est bon' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Le compte est bon');
  await reader.api.deleteJob(job.id);
  await page.goto('/credits');
  await expect(rows.first()).toContainText('a novel that was deleted');
});

test('who has just come finds the credits of the month in the statement as in the balance', async ({
  page,
  reader,
}) => {
  expect(reader.email).not.toBe('');
  await new SiteHeader(page).open('Credits');
  await expect(page.getByRole('region', { name: 'Statement' })).toContainText(/Credits of the month.*\+10,000/);
});

test('a statement of many entries is shown piece by piece', async ({ page, reader }) => {
  const { pdf } = await makeNovel({ seed: 92, pages: 1 });
  const quotes = [];
  for (let entry = 0; entry < 26; entry += 1) {
    // Each a file of its own: what an earlier job has is not paid again, and stands in no statement.
    const file = new File([new Uint8Array(pdf), `\n% ${entry}\n`], 'encore.pdf');
    quotes.push(await reader.api.estimate(file, { engine: 'gemini' }));
  }
  for (const { quote_id } of quotes) {
    const { job_id } = await reader.api.startEstimated(quote_id);
    await expect.poll(async () => (await reader.api.getJob(job_id)).status).toBe('completed');
  }
  await page.goto('/credits');
  const rows = page
    .getByRole('region', { name: 'Statement' })
    .getByRole('row')
    .filter({ has: page.getByRole('cell') });
  await expect(rows).toHaveCount(50);
  await page.getByRole('button', { name: 'Show more' }).click();
  await expect(rows).toHaveCount(53);
  await expect(page.getByRole('button', { name: 'Show more' })).toBeHidden();
});

test('what a reader usually wants is kept, and every new novel begins with it', async ({ page, reader }) => {
  const header = new SiteHeader(page);
  const novel = page.getByRole('slider', { name: 'Words in a sentence, at most' });

  await header.open('Settings');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Settings');
  await expectAccessible(page);
  await page.getByRole('button', { name: '12 words' }).click();
  await new HomePage(page).chooseEngine('Offline');
  await page.getByRole('switch', { name: 'Leave dialogue as it is' }).click();
  await expect(page.getByRole('status').getByText('Saved.')).toBeVisible();

  await page.goto('/');
  await expect(novel).toHaveAttribute('aria-valuetext', '12 words');
  await expect(page.getByRole('radio', { name: 'Offline' })).toBeChecked();
  const { pdf } = await makeNovel({ seed: 93, pages: 1 });
  const job = await reader.api.createJob(new File([new Uint8Array(pdf)], 'habitude.pdf'), {});
  expect(job).toMatchObject({ engine: 'offline', sentence_length_limit: 12, settings: { ignore_dialogue: true } });
});
