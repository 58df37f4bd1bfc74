import { glob } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { makeNovel } from './support/novel-maker';
import { asUpload, HomePage } from './support/pages/home-page';
import { ProgressDialog } from './support/pages/job-progress';
import { expect, openJobId, test } from './support/story';

/** What the browser refuses to do on a page because of its policy. */
function refusalsOf(page: Page): string[] {
  const refused: string[] = [];
  page.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) refused.push(message.text());
  });
  return refused;
}

test('every page runs under its policy, and a script that was smuggled in does not', async ({ page, reader: _ }) => {
  const refused = refusalsOf(page);
  const { pdf } = await makeNovel({ seed: 5, pages: 2 });
  const home = new HomePage(page);
  await home.choose({ name: 'phare.pdf', bytes: pdf });
  await home.start();
  await new ProgressDialog(page).readButton.click();
  await expect(page).toHaveURL(/\/jobs\//);

  const paths = ['/nowhere', '/jobs/nowhere'];
  for await (const file of glob('app/**/page.tsx'))
    paths.push(`/${file.slice('app/'.length, -'page.tsx'.length).replace('[jobId]', openJobId(page))}`);
  expect(paths).toContain('/library/');
  for (const path of paths) {
    const answer = await page.goto(path);
    const policy = answer?.headers()['content-security-policy'] ?? '';
    expect(policy).toMatch(/script-src 'self' 'nonce-[\w+/=]+' 'strict-dynamic';/);
    await expect(page.locator('html')).toHaveAttribute('data-theme', /light|dark/);
    await page.getByRole('link', { name: 'Library', exact: true }).waitFor();
  }
  expect(refused).toEqual([]);

  await page.evaluate(() => {
    const script = document.createElement('div');
    script.innerHTML = '<img src="x:" onerror="document.title = \'smuggled\'">';
    document.body.append(script);
  });
  await expect.poll(() => refused.length).toBeGreaterThan(0);
  await expect(page).not.toHaveTitle('smuggled');
});

test('answers say how a browser is to treat them, and files are never shown as pages', async ({ page, reader }) => {
  const { pdf } = await makeNovel({ seed: 6, pages: 1 });
  const file = asUpload({ name: '<script>alert(1)</script>.pdf', bytes: pdf });
  const { id } = await reader.api.createJob(new File([new Uint8Array(file.buffer)], file.name), { engine: 'offline' });
  await expect.poll(async () => (await reader.api.getJob(id)).status).toBe('completed');

  for (const path of ['/', '/api/v1/auth/me', '/api/health/live', '/api/auth/csrf', `/api/v1/jobs/${id}`]) {
    const headers = (await page.request.get(path)).headers();
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'strict-origin-when-cross-origin',
      'permissions-policy': expect.stringContaining('camera=()'),
      'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
    });
    expect(headers['strict-transport-security']).toBeUndefined();
    expect(headers['x-powered-by']).toBeUndefined();
  }
  for (const format of ['csv', 'json', 'txt', 'pdf']) {
    const answer = await page.request.get(`/api/v1/jobs/${id}/export?format=${format}`);
    expect(answer.headers()['content-disposition']).toMatch(/^attachment; /);
    expect(answer.headers()['content-type']).not.toContain('html');
    expect(answer.headers()['content-security-policy']).toContain("default-src 'none'");
  }
});

test('another site can do nothing in a reader’s name', async ({ page, context, reader }) => {
  const job = await page.request.fetch('/api/v1/auth/sessions', {
    method: 'DELETE',
    headers: { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' },
  });
  expect(job.status()).toBe(403);
  expect((await page.request.get('/api/v1/auth/me')).status()).toBe(200);
  expect(await reader.api.me()).toMatchObject({ email: reader.email });
  const cookies = (await context.cookies()).filter(({ name }) => name.startsWith('next-auth'));
  expect(cookies.length).toBeGreaterThan(0);
  for (const cookie of cookies) expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax' });
});
