import { otherMethods } from '@/lib/http/other-methods';
import { readJson, route } from '@/lib/http/route';
import { JobSettings } from '@/lib/jobs/schema';
import { getSettings, putSettings } from '@/lib/jobs/user-settings';

export const GET = route(async ({ identity }) => Response.json(await getSettings(identity.user.id)));

export const PUT = route(async ({ request, identity }) =>
  Response.json(await putSettings(identity.user.id, await readJson(request, JobSettings))),
);

export const { POST, PATCH, DELETE, OPTIONS } = otherMethods('GET', 'PUT');
