import { exportAccount } from '@/lib/account/export-account';
import { otherMethods } from '@/lib/http/other-methods';
import { route } from '@/lib/http/route';

export const GET = route(async ({ identity, limits }) => {
  await limits.count('exports', identity.user.id);
  const { body, headers } = await exportAccount(identity.user.id);
  return new Response(body, { headers });
}, 'account');

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
