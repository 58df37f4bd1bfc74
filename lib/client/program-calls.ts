import type { NewApiKey } from '@/lib/auth/schema';
import { dataOf, type Signalled, type Transport } from './transport';

/** What lets programs in, and what tells them. */
export const programCalls = ({ client }: Transport) => ({
  listApiKeys: (options: Signalled = {}) => dataOf(client.GET('/api-keys', options)),
  createApiKey: (body: NewApiKey) => dataOf(client.POST('/api-keys', { body })),
  async revokeApiKey(keyId: string): Promise<void> {
    await client.DELETE('/api-keys/{keyId}', { params: { path: { keyId } } });
  },
  listWebhooks: (options: Signalled = {}) => dataOf(client.GET('/webhooks', options)),
  createWebhook: (url: string) => dataOf(client.POST('/webhooks', { body: { url } })),
  tryWebhook: (webhookId: string) =>
    dataOf(client.POST('/webhooks/{webhookId}/test', { params: { path: { webhookId } } })),
  async deleteWebhook(webhookId: string): Promise<void> {
    await client.DELETE('/webhooks/{webhookId}', { params: { path: { webhookId } } });
  },
});
