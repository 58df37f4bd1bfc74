import { issueTokens } from '@/lib/auth/issue-tokens';
import { Credentials } from '@/lib/auth/schema';
import { otherMethods } from '@/lib/http/other-methods';
import { openRoute, readJson } from '@/lib/http/route';

export const POST = openRoute(async (request) => {
  const { email, password } = await readJson(request, Credentials);
  return Response.json(await issueTokens(email, password));
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
