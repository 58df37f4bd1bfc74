import { expect, type Page } from '@playwright/test';

interface Account {
  email: string;
  password: string;
}

export class SignInPage {
  constructor(private readonly page: Page) {}

  async register(account: Account) {
    await this.page.goto('/');
    await this.page.getByRole('button', { name: 'Create an account' }).click();
    await this.fill(account);
    await this.page.getByRole('button', { name: 'Create account' }).click();
    await this.expectHome();
  }

  async signIn(account: Account) {
    await this.fill(account);
    await this.page.getByRole('button', { name: 'Sign in' }).click();
    await this.expectHome();
  }

  async fill({ email, password }: Account) {
    await this.page.getByLabel('E-mail').fill(email);
    await this.page.getByLabel('Password').fill(password);
  }

  private async expectHome() {
    await expect(this.page.getByRole('heading', { level: 1 })).toHaveText(/^Give it a French novel/);
  }
}
