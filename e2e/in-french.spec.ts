import { expectAccessible } from './support/expect-accessible';
import { makeNovel } from './support/novel-maker';
import { SiteHeader } from './support/pages/site-header';
import { expect, test } from './support/story';

const PAGES = [
  { path: '/', title: /^Donnez-lui un roman français/ },
  { path: '/library', title: 'Bibliothèque' },
  { path: '/credits', title: 'Crédits' },
  { path: '/settings', title: 'Réglages' },
  { path: '/account', title: 'Compte' },
  { path: '/programs', title: 'Pour les programmes' },
  { path: '/admin', title: 'Cette page est réservée aux responsables' },
  { path: '/goodbye', title: 'Le compte est supprimé' },
];

test('a French reader finds no barrier, and no English word in the new pages', async ({ page, reader }) => {
  const { pdf } = await makeNovel({ seed: 98, pages: 2 });
  const job = await reader.api.createJob(new File([new Uint8Array(pdf)], 'Le_phare.pdf'), { engine: 'offline' });
  await expect.poll(async () => (await reader.api.getJob(job.id)).status).toBe('completed');
  await new SiteHeader(page).switchTo('Français');
  await expect(page.locator('html')).toHaveAttribute('lang', 'fr');
  for (const { path, title } of [...PAGES, { path: `/jobs/${job.id}`, title: 'Le phare' }]) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
    await expect(
      page
        .getByRole('main')
        .getByRole('status')
        .filter({ hasText: /^On|^Un regard/ }),
    ).toHaveCount(0);
    await expectAccessible(page);
  }
  await expect(page.getByRole('region', { name: 'Page 2' }).getByRole('listitem').first()).toBeVisible();
  await page.goto('/account');
  await page.getByRole('button', { name: 'Supprimer le compte…' }).click();
  await expect(page.getByText(/^Supprimer pour toujours le compte de/)).toBeFocused();
  await expectAccessible(page);
  await page.goto('/programs');
  await page.getByLabel('À quoi sert-elle').fill('essai');
  await page.getByRole('button', { name: 'Créer une clé' }).click();
  await expect(page.getByText(/«\sessai\s» est créée/)).toBeFocused();
  await expectAccessible(page);
});

test.describe('an admin', () => {
  test.use({ locale: 'fr-FR' });
  test('finds no barrier in French', async ({ page, app }) => {
    await app.restart();
    await page.goto(app.signInUrl);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Donnez-lui/);
    await page.goto('/admin');
    await page.getByRole('button', { name: 'Changer les crédits de owner@localhost' }).click();
    await expect(page.getByRole('dialog')).toContainText('Crédits de owner@localhost');
    await expectAccessible(page);
  });
});
