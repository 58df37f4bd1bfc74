import { deleteAccount } from '@/lib/account/delete-account';
import { AccountDeletion } from '@/lib/auth/schema';
import { endedSessionCookie } from '@/lib/auth/session-cookie';
import { otherMethods } from '@/lib/http/other-methods';
import { readOptionalJson, route } from '@/lib/http/route';
import { clientAddress } from '@/lib/rate-limit/client-address';

export const DELETE = route(async ({ request, identity }) => {
  const proof = await readOptionalJson(request, AccountDeletion);
  await deleteAccount(identity, proof, clientAddress(request.headers));
  return new Response(null, { status: 204, headers: { 'set-cookie': endedSessionCookie() } });
}, 'account');

export const { GET, POST, PUT, PATCH, OPTIONS } = otherMethods('DELETE');
