import type { Page } from '@playwright/test';
import { signInAsAdmin } from './support/sign-in-as-admin';
import { expect, test } from './support/story';
import { shiftTabTo, tabTo } from './support/tab-to';

/** What Tab must reach; of radio buttons that belong together only the chosen one is on the way. */
const CONTROLS =
  'a[href], button:enabled, input:enabled:not([type=radio]), input[type=radio]:checked, select:enabled, summary';

/** Goes with Tab alone from the top of the page to its end, and expects to meet everything, in order and in sight. */
async function walk(page: Page) {
  const all = page.getByRole('main').locator(CONTROLS).filter({ visible: true });
  const wanted = await all.evaluateAll((controls) =>
    controls.map((control, place) => {
      control.setAttribute('data-place', String(place));
      return control.outerHTML.slice(0, 80);
    }),
  );
  expect(wanted.length).toBeGreaterThan(0);
  const met: number[] = [];
  for (let tabs = 0; tabs < wanted.length + 20 && met.at(-1) !== wanted.length - 1; tabs += 1) {
    await page.keyboard.press('Tab');
    const place = await page.evaluate(() => {
      const control = document.activeElement;
      if (!control) return undefined;
      const { outlineStyle, outlineWidth } = getComputedStyle(control);
      if (outlineStyle === 'none' || outlineWidth === '0px') throw new Error(`no outline: ${control.outerHTML}`);
      return control.getAttribute('data-place') ?? undefined;
    });
    if (place !== undefined) met.push(Number(place));
  }
  expect(met.map((place) => wanted[place])).toEqual(wanted);
}

test('the page of the account is gone through and used with Tab alone', async ({ page, reader }) => {
  await page.goto('/account');
  const present = page.getByLabel('Present password');
  await present.waitFor();
  await walk(page);
  await shiftTabTo(page, present);
  await page.keyboard.type(reader.password);
  await page.keyboard.press('Tab');
  await page.keyboard.type('un phare quelque part au large');
  await page.keyboard.press('Enter');
  await expect(page.getByText('The new password holds from now on')).toBeVisible();
  await tabTo(page, page.getByRole('button', { name: 'Delete the account…' }));
  await page.keyboard.press('Enter');
  await expect(page.getByText(/^Delete the account of/)).toBeFocused();
  await tabTo(page, page.getByRole('button', { name: 'Keep the account' }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Delete the account…' })).toBeFocused();
});

test('the page for programs is gone through and used with Tab alone', async ({ page, reader }) => {
  expect(reader.email).not.toBe('');
  await page.goto('/programs');
  await expect(page.getByText('There are no keys yet.')).toBeVisible();
  await walk(page);
  await shiftTabTo(page, page.getByLabel('What is it for?'));
  await page.keyboard.type('au clavier');
  await tabTo(page, page.getByLabel('Change'));
  await page.keyboard.press('Space');
  await tabTo(page, page.getByRole('button', { name: 'Make a key' }));
  await page.keyboard.press('Enter');
  await expect(page.getByText('The key “au clavier” is made')).toBeFocused();
  await tabTo(page, page.getByRole('button', { name: 'I have kept it' }));
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('button', { name: 'Revoke au clavier' }));
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('button', { name: 'Revoke the key' }));
  await page.keyboard.press('Enter');
  await expect(page.getByText('There are no keys yet.')).toBeVisible();
});

test('the accounts are gone through and used with Tab alone', async ({ app, browser, reader }) => {
  const page = await signInAsAdmin(browser, app);
  await page.goto('/admin');
  await tabTo(page, page.getByLabel('Search by e-mail'));
  await page.keyboard.type(reader.email);
  const change = page.getByRole('button', { name: `Change the credits of ${reader.email}` });
  await expect(page.getByRole('row')).toHaveCount(2);
  await page.reload();
  await change.waitFor();
  await walk(page);
  await shiftTabTo(page, change);
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await tabTo(page, dialog.getByLabel('Give'));
  await page.keyboard.press('ArrowDown');
  await expect(dialog.getByLabel('Take')).toBeChecked();
  await tabTo(page, dialog.getByLabel('How many credits'));
  await page.keyboard.type('5');
  await tabTo(page, dialog.getByLabel('Reason'));
  await page.keyboard.type('au clavier');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(change).toBeFocused();
  expect((await reader.api.getCredits()).balance).toBe(9_995);
});
