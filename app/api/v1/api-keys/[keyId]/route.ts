import { revokeApiKey } from '@/lib/auth/api-keys';
import { otherMethods } from '@/lib/http/other-methods';
import { route } from '@/lib/http/route';

export const DELETE = route<{ keyId: string }>(async ({ params, identity }) => {
  await revokeApiKey(identity.user.id, params.keyId);
  return new Response(null, { status: 204 });
}, 'account');

export const { GET, POST, PUT, PATCH, OPTIONS } = otherMethods('DELETE');
