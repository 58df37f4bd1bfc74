import { registerUser } from '@/lib/auth/register-user';
import { Registration } from '@/lib/auth/schema';
import { otherMethods } from '@/lib/http/other-methods';
import { openRoute, readJson } from '@/lib/http/route';

export const POST = openRoute(async (request) =>
  Response.json(await registerUser(await readJson(request, Registration)), { status: 201 }),
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
