import { chromium } from '@playwright/test';
import { startApp } from '@/e2e/support/app';
import { HomePage } from '@/e2e/support/pages/home-page';
import { ProgressDialog } from '@/e2e/support/pages/job-progress';
import { ReaderPage } from '@/e2e/support/pages/reader-page';
import { findChromium } from './find-chromium';

const PICTURE = 'docs/reader.png';
/** Where the sample has much to rewrite. */
const PAGE = 6;

await using undo = new AsyncDisposableStack();
const app = await startApp();
undo.defer(app.remove);
const browser = await chromium.launch(await findChromium());
undo.defer(() => browser.close());
const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, colorScheme: 'light' });

await page.goto(app.signInUrl);
await page.getByRole('button', { name: '12 words' }).click();
await new HomePage(page).trySample();
await new ProgressDialog(page).readButton.click();
const reader = new ReaderPage(page);
for (let turned = 1; turned < PAGE; turned += 1) {
  await reader.novelPage(turned).waitFor();
  await reader.tools.getByRole('button', { name: 'Next page' }).click();
}
await reader.novelPage(PAGE).getByRole('listitem').first().waitFor();
await page.mouse.move(0, 0);
await page.evaluate(() => document.fonts.ready);
await page.screenshot({ path: PICTURE, animations: 'disabled' });
process.stdout.write(`${PICTURE}\n`);
