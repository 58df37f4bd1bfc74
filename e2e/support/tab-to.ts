import type { Locator, Page } from '@playwright/test';

const MAX_TABS = 40;

async function press(page: Page, keys: 'Tab' | 'Shift+Tab', wanted: Locator) {
  await wanted.waitFor();
  for (let tabs = 0; tabs < MAX_TABS; tabs += 1) {
    await page.keyboard.press(keys);
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`${MAX_TABS} times ${keys} did not lead to ${wanted}`);
}

/** Goes on with Tab until the wanted control has the focus, as somebody without a mouse does. */
export const tabTo = (page: Page, wanted: Locator) => press(page, 'Tab', wanted);

export const shiftTabTo = (page: Page, wanted: Locator) => press(page, 'Shift+Tab', wanted);
