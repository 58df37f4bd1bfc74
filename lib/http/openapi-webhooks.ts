import { z } from 'zod';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { CreatedWebhook, NewWebhook, WebhookList, WebhookMessage } from '@/lib/webhooks/schema';
import { createdWebhook, webhook, webhookMessage } from './openapi-examples';
import { json, ok, operation } from './openapi-operation';

const webhookId = z.object({ webhookId: z.string().meta({ description: 'The webhook’s id' }) });

/** Messages are signed and named as Standard Webhooks has it, and tried for a day. */
export const webhookPaths: ZodOpenApiPathsObject = {
  '/webhooks': {
    get: operation({
      id: 'listWebhooks',
      summary: 'Where I am told of the ends of my jobs, and how the last message went',
      answer: ok('My webhooks', WebhookList, { items: [webhook], next: null }),
    }),
    post: operation({
      mutates: true,
      id: 'createWebhook',
      summary: 'Be told when a job ends; signed as Standard Webhooks has it, by a secret that is shown this once',
      rest: {
        requestBody: {
          required: true,
          content: json(NewWebhook, { url: webhook.url, events: ['job.completed', 'job.failed'] }),
        },
      },
      answer: { '201': { description: 'The webhook with its secret', content: json(CreatedWebhook, createdWebhook) } },
      codes: ['INVALID_INPUT', 'MALFORMED_REQUEST'],
    }),
  },
  '/webhooks/{webhookId}': {
    delete: operation({
      mutates: true,
      id: 'deleteWebhook',
      summary: 'Be told no more; what was not delivered yet is dropped',
      rest: { requestParams: { path: webhookId } },
      answer: { '204': { description: 'It is gone' } },
      codes: ['NOT_FOUND'],
    }),
  },
  '/webhooks/{webhookId}/test': {
    post: operation({
      mutates: true,
      id: 'testWebhook',
      summary: 'Send it a message that tells of nothing, ten times an hour at most; how it went is in the list',
      rest: { requestParams: { path: webhookId } },
      answer: { '202': { description: 'It will be sent', content: json(WebhookMessage, webhookMessage) } },
      codes: ['NOT_FOUND'],
    }),
  },
};
