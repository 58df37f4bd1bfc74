import { issueTokens } from '@/lib/auth/issue-tokens';
import { Credentials } from '@/lib/auth/schema';
import { otherMethods } from '@/lib/http/other-methods';
import { openRoute, readJson } from '@/lib/http/route';
import { clientAddress } from '@/lib/rate-limit/client-address';

export const POST = openRoute(async (request) => {
  const credentials = await readJson(request, Credentials);
  return Response.json(await issueTokens(credentials, clientAddress(request.headers)));
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
