import { expectAccessible } from './support/expect-accessible';
import { SiteHeader } from './support/pages/site-header';
import { expect, test } from './support/story';

test('an admin finds an account and gives it credits, which its reader sees with the reason', async ({
  page,
  app,
  reader,
}) => {
  await page.goto('/admin');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This page is for admins');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Account' }).click();
  await expect(page.getByRole('menuitem', { name: 'Accounts', exact: true })).toBeHidden();
  await page.keyboard.press('Escape');
  await new SiteHeader(page).signOut();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sign in');

  await app.restart();
  await page.goto(app.signInUrl);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Give it a French novel/);
  await new SiteHeader(page).open('Accounts');
  const rows = page.getByRole('row').filter({ has: page.getByRole('cell') });
  await expect(rows.filter({ hasText: 'owner@localhost' })).toContainText('admin');
  await page.getByLabel('Search by e-mail').fill('nobody has this');
  await expect(page.getByText('No account has this in its address.')).toBeVisible();
  await page.getByLabel('Search by e-mail').fill(reader.email);
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText('10,000');
  await expectAccessible(page);

  const dialog = page.getByRole('dialog');
  await page.getByRole('button', { name: `Change the credits of ${reader.email}` }).click();
  await dialog.getByLabel('Take').check();
  await dialog.getByLabel('How many credits').fill('10001');
  await dialog.getByLabel('Reason').fill('a gift');
  await dialog.getByRole('button', { name: 'Change the credits' }).click();
  await expect(dialog).toContainText('There are fewer credits left than that. Nothing was changed.');
  await expectAccessible(page);
  await dialog.getByLabel('Give').check();
  await dialog.getByLabel('How many credits').fill('250');
  await dialog.getByRole('button', { name: 'Change the credits' }).click();
  await expect(dialog).toBeHidden();
  await expect(rows).toContainText('10,250');
  expect((await reader.api.getCredits()).balance).toBe(10_250);
  const { items } = await reader.api.listLedger();
  expect(items[0]).toMatchObject({ kind: 'adjustment', amount: 250, note: 'a gift' });
});

test('the owner of the machine, who has no password, types the address before the account goes', async ({
  page,
  app,
}) => {
  await app.restart();
  await page.goto(app.signInUrl);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Give it a French novel/);
  await page.goto('/account');
  await expect(page.getByRole('region', { name: 'Password' })).toBeHidden();
  const leaving = page.getByRole('region', { name: 'Delete the account' });
  await leaving.getByRole('button', { name: 'Delete the account…' }).click();
  await leaving.getByLabel('To confirm, type owner@localhost').fill('owner');
  await leaving.getByRole('button', { name: 'Delete everything for good' }).click();
  await expect(leaving).toContainText('This is not the address.');
  expect((await page.request.get('/api/v1/auth/me')).status()).toBe(200);
  await leaving.getByLabel('To confirm, type owner@localhost').fill('owner@localhost');
  await leaving.getByRole('button', { name: 'Delete everything for good' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('The account is deleted');
  expect((await page.request.get('/api/v1/auth/me')).status()).toBe(401);
});
