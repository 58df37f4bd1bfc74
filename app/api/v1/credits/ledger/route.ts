import { listLedger } from '@/lib/credits/queries';
import { LedgerQuery } from '@/lib/credits/schema';
import { otherMethods } from '@/lib/http/other-methods';
import { readQuery, route } from '@/lib/http/route';

export const GET = route(async ({ request, identity }) =>
  Response.json(await listLedger(identity.user.id, readQuery(request, LedgerQuery))),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
