import { adjustAccount } from '@/lib/account/adjust-account';
import { Adjustment } from '@/lib/credits/schema';
import { otherMethods } from '@/lib/http/other-methods';
import { readJson, route } from '@/lib/http/route';

export const POST = route<{ userId: string }>(async ({ request, params, identity }) => {
  const adjustment = await readJson(request, Adjustment);
  return Response.json(await adjustAccount(params.userId, adjustment, identity.user.id), { status: 201 });
}, 'admin');

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
