import { chromium, type Page } from '@playwright/test';
import { startApp } from '@/e2e/support/app';
import { HomePage } from '@/e2e/support/pages/home-page';
import { ProgressDialog } from '@/e2e/support/pages/job-progress';
import { ReaderPage } from '@/e2e/support/pages/reader-page';
import { findChromium } from './find-chromium';

const PICTURE = 'docs/reader.png';
/** Where the sample has much to rewrite. */
const PAGE = 6;

const app = await startApp();
try {
  await takePicture(app.signInUrl);
  process.stdout.write(`${PICTURE}\n`);
} finally {
  await app.remove();
}

async function takePicture(signInUrl: string): Promise<void> {
  const browser = await chromium.launch(await findChromium());
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, colorScheme: 'light' });
    await openReader(page, signInUrl);
    await page.mouse.move(0, 0);
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await page.evaluate(() => document.fonts.ready);
    await page.screenshot({ path: PICTURE, animations: 'disabled' });
  } finally {
    await browser.close();
  }
}

async function openReader(page: Page, signInUrl: string): Promise<void> {
  await page.goto(signInUrl);
  await page.getByRole('button', { name: '12 words' }).click();
  await new HomePage(page).trySample();
  await new ProgressDialog(page).readButton.click();
  const reader = new ReaderPage(page);
  await reader.place.fill(String(PAGE));
  await reader.place.press('Enter');
  await reader.novelPage(PAGE).getByRole('listitem').first().waitFor();
}
