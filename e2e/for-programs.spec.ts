import { createApi } from '@/lib/client/api';
import { startReceiver, verified } from '@/lib/webhooks/testing/receiver';
import { type App, startApp } from './support/app';
import { expectAccessible } from './support/expect-accessible';
import { SiteHeader } from './support/pages/site-header';
import { expect, test as story } from './support/story';

const test = story.extend<object, { openApp: App }>({
  openApp: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern
    async ({}, lend) => {
      const app = await startApp({ env: { WEBHOOK_ALLOW_PRIVATE: '1' } });
      await lend(app);
      await app.remove();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  app: async ({ openApp }, lend) => lend(openApp),
});

test('a key is shown once, does what it may, and is nobody’s once revoked', async ({ page, context, app, reader }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await new SiteHeader(page).open('For programs');
  const keys = page.getByRole('region', { name: 'API keys' });
  await expect(keys).toContainText('There are no keys yet.');
  await expectAccessible(page);

  await keys.getByLabel('What is it for?').fill('sauvegarde');
  await keys.getByLabel('Read').uncheck();
  await keys.getByLabel('Change').uncheck();
  await keys.getByRole('button', { name: 'Make a key' }).click();
  await expect(keys.getByRole('alert')).toHaveText('Choose at least one thing it may do.');
  await keys.getByLabel('Read').check();
  await keys.getByRole('button', { name: 'Make a key' }).click();
  await expect(keys.getByText('The key “sauvegarde” is made')).toBeFocused();
  await expectAccessible(page);
  await keys.getByRole('button', { name: 'Copy' }).click();
  await expect(keys.getByText('Copied.')).toBeVisible();
  const key = await page.evaluate(() => navigator.clipboard.readText());
  expect(key).toMatch(/^fnt_/);
  const asScript = createApi({ baseUrl: app.url, accessToken: () => key });
  expect((await asScript.getCredits()).balance).toBe(10_000);
  await expect(asScript.createWebhook('http://example.org/')).rejects.toMatchObject({ code: 'FORBIDDEN' });

  await keys.getByRole('button', { name: 'I have kept it' }).click();
  await expect(keys.getByLabel('The key')).toBeHidden();
  await page.reload();
  const row = keys.getByRole('listitem');
  await expect(row).toContainText(/sauvegarde.*Read.*last used/);
  await expect(page.locator('body')).not.toContainText(key);
  await row.getByRole('button', { name: 'Revoke sauvegarde' }).click();
  await expectAccessible(page);
  await row.getByRole('button', { name: 'Revoke the key' }).click();
  await expect(keys).toContainText('There are no keys yet.');
  expect((await reader.api.me()).email).toBe(reader.email);
  await expect(asScript.getCredits()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
});

test('a webhook is added, tried with its secret, seen to fail, and removed', async ({ page, reader }) => {
  const receiver = await startReceiver((_, count) => (count === 1 ? 204 : 410));
  await page.goto('/programs');
  const hooks = page.getByRole('region', { name: 'Webhooks' });
  await expect(hooks).toContainText('Nobody is told yet.');
  await hooks.getByLabel('Address').fill('ftp://example.org/');
  await hooks.getByRole('button', { name: 'Add a webhook' }).click();
  await expect(hooks).toContainText('Nothing can be sent to this address');

  await hooks.getByLabel('Address').fill(receiver.url);
  await hooks.getByRole('button', { name: 'Add a webhook' }).click();
  const secret = await hooks.getByLabel('The secret').inputValue();
  expect(secret).toMatch(/^whsec_/);
  await hooks.getByRole('button', { name: 'I have kept it' }).click();
  const row = hooks.getByRole('listitem');
  await expect(row).toContainText('Nothing has been sent yet.');

  await row.getByRole('button', { name: `Send a trial to ${receiver.url}` }).click();
  await expect(row).toContainText('The last message was taken.');
  const [message] = receiver.received;
  if (!message) throw new Error('nothing was received');
  expect(verified(message, secret)).toMatchObject({ type: 'webhook.test' });
  await expectAccessible(page);
  await row.getByRole('button', { name: /^Send a trial/ }).click();
  await expect(row).toContainText(
    /(Not taken yet; it is sent again|The last message was not taken)\..*It answered 410\./,
  );
  await expectAccessible(page);

  await row.getByRole('button', { name: /^Remove/ }).click();
  await row.getByRole('button', { name: 'Remove the webhook' }).click();
  await expect(hooks).toContainText('Nobody is told yet.');
  expect((await reader.api.listWebhooks()).items).toEqual([]);
  await receiver.close();
});
