import { registerUser } from '@/lib/auth/register-user';
import { Registration } from '@/lib/auth/schema';
import { otherMethods } from '@/lib/http/other-methods';
import { openRoute, readJson } from '@/lib/http/route';

export const POST = openRoute(async (request, { limits, address }) => {
  const registration = await readJson(request, Registration);
  const user = await limits.counting('registrations', address, async (admit) => {
    await admit();
    return registerUser(registration);
  });
  return Response.json(user, { status: 201 });
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
