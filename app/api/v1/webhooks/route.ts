import { otherMethods } from '@/lib/http/other-methods';
import { readJson, route } from '@/lib/http/route';
import { createWebhook } from '@/lib/webhooks/create-webhook';
import { listWebhooks } from '@/lib/webhooks/list-webhooks';
import { NewWebhook } from '@/lib/webhooks/schema';

export const GET = route(async ({ identity }) => Response.json(await listWebhooks(identity.user.id)));

export const POST = route(async ({ request, identity }) =>
  Response.json(await createWebhook(identity.user.id, await readJson(request, NewWebhook)), { status: 201 }),
);

export const { PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET', 'POST');
