import { SignInPage } from './support/pages/sign-in-page';
import { SiteHeader } from './support/pages/site-header';
import { expect, test } from './support/story';

test('a reader changes the language, leaves and comes back', async ({ page, reader }) => {
  const header = new SiteHeader(page);
  const heading = page.getByRole('heading', { level: 1 });
  const document = page.locator('html');

  await header.switchTo('Français');
  await expect(heading).toHaveText('Donnez-lui un roman français. Il vous rend la même histoire en phrases courtes.');
  await expect(document).toHaveAttribute('lang', 'fr');
  await page.getByRole('link', { name: 'Bibliothèque' }).click();
  await expect(page).toHaveTitle('Bibliothèque · French Novel Tool');
  await page.reload();
  await expect(heading).toHaveText('Bibliothèque');
  await header.switchTo('English');
  await expect(heading).toHaveText('Library');
  await expect(document).toHaveAttribute('lang', 'en');

  await header.signOut();
  await expect(heading).toHaveText('Sign in');
  await page.goto('/library');
  await expect(heading).toHaveText('Sign in');
  await new SignInPage(page).fill({ email: reader.email, password: 'un mot de passe faux' });
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('E-mail or password is wrong');
  await new SignInPage(page).fill(reader);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(heading).toHaveText('Library');
});

test('an address is registered once, with a password of some length', async ({ page, reader }) => {
  await new SiteHeader(page).signOut();
  await page.getByRole('button', { name: 'Create an account' }).click();
  await new SignInPage(page).fill({ email: reader.email, password: reader.password });
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('There is already an account with this e-mail');
  await new SignInPage(page).fill({ email: `x${reader.email}`, password: 'court' });
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('This password is too easy to guess');
});
