import { listAccounts } from '@/lib/account/list-accounts';
import { AccountQuery } from '@/lib/account/schema';
import { otherMethods } from '@/lib/http/other-methods';
import { readQuery, route } from '@/lib/http/route';

export const GET = route(
  async ({ request }) => Response.json(await listAccounts(readQuery(request, AccountQuery))),
  'admin',
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
