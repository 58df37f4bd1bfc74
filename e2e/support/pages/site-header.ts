import type { Page } from '@playwright/test';

export class SiteHeader {
  constructor(private readonly page: Page) {}

  private get place() {
    return this.page.getByRole('banner');
  }

  async switchTo(language: 'English' | 'Français') {
    await this.place.getByRole('button', { name: language }).click();
  }

  async openLibrary() {
    await this.place.getByRole('link', { name: 'Library' }).click();
  }

  /** From the menu of the account. */
  async open(place: 'Credits' | 'Settings' | 'Account' | 'For programs' | 'Accounts') {
    await this.place.getByRole('button', { name: 'Account' }).click();
    await this.page.getByRole('menuitem', { name: place, exact: true }).click();
  }

  async signOut() {
    await this.place.getByRole('button', { name: 'Account' }).click();
    await this.page.getByRole('menuitem', { name: 'Sign out' }).click();
  }
}
