import { signOutEverywhere } from '@/lib/auth/end-sessions';
import { endedSessionCookie } from '@/lib/auth/session-cookie';
import { otherMethods } from '@/lib/http/other-methods';
import { route } from '@/lib/http/route';

export const DELETE = route(async ({ identity }) => {
  await signOutEverywhere(identity.user.id);
  return new Response(null, { status: 204, headers: { 'set-cookie': endedSessionCookie() } });
}, 'account');

export const { GET, POST, PUT, PATCH, OPTIONS } = otherMethods('DELETE');
