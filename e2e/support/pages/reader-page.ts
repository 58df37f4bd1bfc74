import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';

export type DownloadName = 'CSV' | 'JSON' | 'Text' | 'PDF';

export class ReaderPage {
  constructor(private readonly page: Page) {}

  get title() {
    return this.page.getByRole('heading', { level: 1 });
  }

  get tools() {
    return this.page.getByRole('navigation', { name: 'Reading tools' });
  }

  /** The page that is read, as the tools say it; another number leads there. */
  get place() {
    return this.tools.getByRole('textbox', { name: /^Page/ });
  }

  get searchPanel() {
    return this.page.getByRole('dialog', { name: 'Search' });
  }

  novelPage(number: number) {
    return this.page.getByRole('region', { name: `Page ${number}`, exact: true });
  }

  /** What the reader sees of one sentence: its original, if shown, and what replaces it. */
  row(page: number, text: string) {
    return this.novelPage(page).getByRole('listitem').filter({ hasText: text });
  }

  async search(text: string) {
    await this.tools.getByRole('button', { name: 'Search' }).click();
    await this.searchPanel.getByRole('searchbox').fill(text);
  }

  async download(name: DownloadName): Promise<{ fileName: string; bytes: Buffer }> {
    await this.tools.getByRole('button', { name: 'Download' }).click();
    const downloading = this.page.waitForEvent('download');
    await this.page.getByRole('menuitem', { name: new RegExp(`^${name}`) }).click();
    const download = await downloading;
    return { fileName: download.suggestedFilename(), bytes: await readFile(await download.path()) };
  }
}
