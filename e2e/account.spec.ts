import { readFile } from 'node:fs/promises';
import { unzipSync } from 'fflate';
import { createApi } from '@/lib/client/api';
import { expectAccessible } from './support/expect-accessible';
import { makeNovel } from './support/novel-maker';
import { SignInPage } from './support/pages/sign-in-page';
import { SiteHeader } from './support/pages/site-header';
import { expect, test } from './support/story';

const NEW_PASSWORD = 'un phare quelque part au large';

test('a reader changes the password, and every other device is signed out', async ({ page, app, reader }) => {
  await new SiteHeader(page).open('Account');
  await expect(page.getByRole('main')).toContainText(reader.email);
  await expectAccessible(page);
  const change = page.getByRole('region', { name: 'Password' });
  const submit = change.getByRole('button', { name: 'Change the password' });

  await change.getByLabel('Present password').fill('ce n’est pas le bon');
  await change.getByLabel('New password').fill(NEW_PASSWORD);
  await submit.click();
  await expect(change).toContainText('This is not the present password.');
  await change.getByLabel('Present password').fill(reader.password);
  await change.getByLabel('New password').fill('court');
  await submit.click();
  await expect(change).toContainText('This password is too easy to guess');
  await expectAccessible(page);

  await change.getByLabel('New password').fill(NEW_PASSWORD);
  await submit.click();
  await expect(change.getByRole('status')).toContainText('The new password holds from now on');
  await expect(reader.api.me()).rejects.toThrow();
  const api = createApi({ baseUrl: app.url });
  await expect(api.token(reader)).rejects.toThrow();
  await api.token({ email: reader.email, password: NEW_PASSWORD });
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Account');
});

test('a reader signs out everywhere, after being asked', async ({ page, reader }) => {
  await page.goto('/account');
  const devices = page.getByRole('region', { name: 'Other devices' });
  const ask = devices.getByRole('button', { name: 'Sign out everywhere' });
  await ask.click();
  await expect(devices.getByText('Sign out everywhere?')).toBeFocused();
  await devices.getByRole('button', { name: 'Stay signed in' }).click();
  await expect(ask).toBeFocused();
  expect(await reader.api.me()).toMatchObject({ email: reader.email });
  await ask.click();
  await devices.getByRole('button', { name: 'Sign out everywhere' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sign in');
  await expect(reader.api.me()).rejects.toThrow();
});

test('a reader takes everything home and leaves for good', async ({ page, app, reader }) => {
  const { pdf } = await makeNovel({ seed: 97, pages: 1 });
  const job = await reader.api.createJob(new File([new Uint8Array(pdf)], 'adieu.pdf'), { engine: 'offline' });
  await expect.poll(async () => (await reader.api.getJob(job.id)).status).toBe('completed');
  await page.goto('/account');

  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download everything' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('french-novel-tool.zip');
  const files = unzipSync(await readFile(await download.path()));
  expect(new TextDecoder().decode(files['account.json'])).toContain(reader.email);
  expect(Object.keys(files)).toContain(`jobs/${job.id}/sentences.json`);
  await expect(page.getByRole('status').filter({ hasText: 'Saved as french-novel-tool.zip.' })).toBeVisible();

  const leaving = page.getByRole('region', { name: 'Delete the account' });
  await leaving.getByRole('button', { name: 'Delete the account…' }).click();
  await expect(leaving).toContainText('Every novel, original and rewritten, is deleted');
  await expect(leaving).toContainText('What stays is the ledger of credits');
  await expectAccessible(page);
  await leaving.getByLabel('Your password').fill('ce n’est pas le bon');
  await leaving.getByRole('button', { name: 'Delete everything for good' }).click();
  await expect(leaving).toContainText('This is not your password.');
  expect(await reader.api.me()).toMatchObject({ email: reader.email });

  await leaving.getByLabel('Your password').fill(reader.password);
  await leaving.getByRole('button', { name: 'Delete everything for good' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('The account is deleted');
  await expectAccessible(page);
  await expect(createApi({ baseUrl: app.url }).token(reader)).rejects.toThrow();
  await new SignInPage(page).register(reader);
});
