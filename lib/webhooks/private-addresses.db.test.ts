import { afterAll, afterEach, beforeEach, expect, it, vi } from 'vitest';
import { POST } from '@/app/api/v1/webhooks/route';
import { db } from '@/db/client';
import { webhooks } from '@/db/schema';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { addUser } from '@/db/testing/factories';
import { askRoute } from '@/e2e/support/ask-route';
import { newId } from '@/lib/ids';
import { deliverMessage } from './deliver-message';
import { listWebhooks } from './list-webhooks';
import { newSecret, sealSecret } from './seal-secret';
import { startReceiver } from './testing/receiver';
import { tryWebhook } from './try-webhook';

// Nothing is said of WEBHOOK_ALLOW_PRIVATE here: this is how a server is that nobody has configured.
const environment = await vi.hoisted(async () =>
  (await import('@/db/testing/prepare-environment')).prepareEnvironment(),
);
connectTestDatabase();
afterAll(environment.remove);

let receiver: Awaited<ReturnType<typeof startReceiver>>;
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(() => receiver.close());

it('a webhook to a local network, or by http, is refused where nothing else is said', async () => {
  const userId = await addUser();
  const urls = [receiver.url, receiver.url.replace('http:', 'https:'), 'https://localhost/', 'http://example.org/'];
  for (const url of urls) {
    const refused = await askRoute(POST, userId, JSON.stringify({ url }));
    expect([url, refused.status]).toEqual([url, 422]);
    expect(await refused.json()).toMatchObject({ code: 'INVALID_INPUT', errors: [{ field: 'url' }] });
  }
  expect((await listWebhooks(userId)).items).toEqual([]);
  expect((await askRoute(POST, userId, JSON.stringify({ url: 'https://example.org/' }))).status).toBe(201);
});

it('one that is there already is not sent to: what was allowed once need not be so now', async () => {
  for (const url of [receiver.url, `https://localhost:${receiver.port}/`]) {
    const userId = await addUser();
    const id = newId();
    const sealedSecret = sealSecret(id, newSecret());
    await db()
      .insert(webhooks)
      .values({ id, userId, url, events: ['job.completed'], sealedSecret });
    const message = await tryWebhook(userId, id);
    expect((await deliverMessage(message.id)).state).toBe('waiting');
    const [webhook] = (await listWebhooks(userId)).items;
    expect(webhook?.last_message).toMatchObject({ last_status: null, last_error: 'address_refused' });
  }
  expect(receiver.connections()).toBe(0);
});
