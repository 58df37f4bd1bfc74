import type { Locator, Page } from '@playwright/test';

/** How far a job is and how to stop it: in the dialog, and on the job's own page. */
class JobProgressView {
  constructor(readonly place: Locator) {}

  get bar() {
    return this.place.getByRole('progressbar', { name: 'Progress' });
  }

  /** For example « 2 of 8 ». */
  get parts() {
    return this.place.getByText(/^\d+ of \d+$/);
  }

  get lost() {
    return this.place.getByText('The connection was lost. Trying again.');
  }

  async percent(): Promise<number> {
    return Number(await this.bar.getAttribute('aria-valuenow'));
  }

  /** Says what stopping means; `confirmStop` does it. */
  async askToStop() {
    await this.place.getByRole('button', { name: 'Cancel' }).click();
  }

  async confirmStop() {
    await this.place.getByRole('button', { name: 'Stop this job' }).click();
  }
}

export class ProgressDialog extends JobProgressView {
  constructor(page: Page) {
    super(page.getByRole('dialog'));
  }

  get readButton() {
    return this.place.getByRole('link', { name: 'Read it' });
  }

  get closeButton() {
    return this.place.getByRole('button', { name: 'Close; the job goes on' });
  }
}

export const jobPageProgress = (page: Page) => new JobProgressView(page.getByRole('region', { name: 'Progress' }));

/** The slim bar at the foot of every page while a job runs out of sight. */
export class RunningJobBar {
  readonly place: Locator;

  constructor(page: Page) {
    this.place = page.getByRole('complementary', { name: 'Jobs at work' });
  }

  async show() {
    await this.place.getByRole('button', { name: 'Show' }).click();
  }
}
