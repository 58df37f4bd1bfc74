import { createApiKey, listApiKeys } from '@/lib/auth/api-keys';
import { NewApiKey } from '@/lib/auth/schema';
import { otherMethods } from '@/lib/http/other-methods';
import { readJson, route } from '@/lib/http/route';

export const GET = route(async ({ identity }) => Response.json(await listApiKeys(identity.user.id)), 'account');

export const POST = route(
  async ({ request, identity }) =>
    Response.json(await createApiKey(identity.user, await readJson(request, NewApiKey)), { status: 201 }),
  'account',
);

export const { PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET', 'POST');
