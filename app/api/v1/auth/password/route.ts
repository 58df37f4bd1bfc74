import { changePassword } from '@/lib/auth/change-password';
import { PasswordChange } from '@/lib/auth/schema';
import { renewedSessionCookie } from '@/lib/auth/session-cookie';
import { otherMethods } from '@/lib/http/other-methods';
import { readJson, route } from '@/lib/http/route';
import { clientAddress } from '@/lib/rate-limit/client-address';

export const PUT = route(async ({ request, identity }) => {
  const change = await readJson(request, PasswordChange);
  const epoch = await changePassword(identity, change, clientAddress(request.headers));
  const headers = new Headers();
  if (identity.via === 'session') headers.set('set-cookie', await renewedSessionCookie(identity.user.id, epoch));
  return new Response(null, { status: 204, headers });
}, 'account');

export const { GET, POST, PATCH, DELETE, OPTIONS } = otherMethods('PUT');
