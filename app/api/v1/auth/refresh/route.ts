import { refreshTokensOnce } from '@/lib/auth/issue-tokens';
import { RefreshRequest } from '@/lib/auth/schema';
import { otherMethods } from '@/lib/http/other-methods';
import { openRoute, readJson } from '@/lib/http/route';

export const POST = openRoute(async (request) => {
  const { refresh_token } = await readJson(request, RefreshRequest);
  return Response.json(await refreshTokensOnce(refresh_token));
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
