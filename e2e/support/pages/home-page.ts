import type { Page } from '@playwright/test';

export interface NovelFile {
  name: string;
  bytes: Uint8Array;
}

export const asUpload = ({ name, bytes }: NovelFile) => ({
  name,
  mimeType: 'application/pdf',
  buffer: Buffer.from(bytes),
});

export class HomePage {
  constructor(private readonly page: Page) {}

  get novel() {
    return this.page.getByRole('region', { name: 'The novel' });
  }

  get problem() {
    return this.page.getByRole('main').getByRole('alert');
  }

  async choose(file: NovelFile) {
    const choosing = this.page.waitForEvent('filechooser');
    await this.novel.getByRole('button', { name: /^Choose (a|another) PDF$/ }).click();
    await (await choosing).setFiles(asUpload(file));
  }

  /** Anywhere on the page will do. */
  async drop(file: NovelFile) {
    await this.page.getByRole('main').drop({ files: asUpload(file) });
  }

  async chooseEngine(name: 'Offline' | 'Gemini') {
    await this.page.getByRole('radio', { name }).check();
  }

  get startButton() {
    return this.novel.getByRole('button', { name: 'Start' });
  }

  /** What the estimate says of one thing, with the note under it. */
  figure(name: 'Sentences' | 'To rewrite' | 'Time' | 'Price') {
    return this.novel
      .getByRole('definition')
      .filter({ has: this.page.locator(`xpath=preceding-sibling::dt[.="${name}"]`) });
  }

  /** Of the novel that was estimated. */
  async start() {
    await this.startButton.click();
  }

  async trySample() {
    await this.novel.getByRole('button', { name: 'Try it with a short story' }).click();
  }
}
