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
  // Every page of the product is looked at twice.
  test.slow();
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

test.describe('a stranger', () => {
  test.use({ locale: 'fr-FR' });
  test('is told in French why there is no way in', async ({ page }) => {
    await page.goto('/sign-in');
    const alert = page.getByRole('main').getByRole('alert');
    const enter = async (email: string, password: string, button: string) => {
      await page.getByLabel('Adresse e-mail').fill(email);
      await page.getByLabel('Mot de passe').fill(password);
      await page.getByRole('button', { name: button }).click();
    };
    await enter('personne@example.org', 'une salle de lecture', 'Se connecter');
    await expect(alert).toHaveText(/^L’adresse ou le mot de passe[^.]*\.?Vérifiez/);
    await page.getByRole('button', { name: 'Créer un compte' }).click();
    await enter('quelqu-un@example.org', 'azertyuiop', 'Créer le compte');
    await expect(alert).toHaveText(
      'Ce mot de passe est trop facile à devinerChoisissez-en un plus long, ou quelques mots sans rapport entre eux.',
    );
    await expectAccessible(page);
    await enter('quelqu-un@example', 'une salle de lecture', 'Créer le compte');
    await expect(alert).toHaveText(/^Certaines valeurs.*Cette adresse e-mail n’est pas complète\.$/);
  });
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
