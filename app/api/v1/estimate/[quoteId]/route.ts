import { otherMethods } from '@/lib/http/other-methods';
import { readJson, route } from '@/lib/http/route';
import { forgetQuote } from '@/lib/jobs/forget-quote';
import { requoteNovel } from '@/lib/jobs/requote-novel';
import { SomeSettings } from '@/lib/jobs/schema';

type Params = { quoteId: string };

export const POST = route<Params>(async ({ request, params, identity, limits }) => {
  const userId = identity.user.id;
  await limits.count('estimates', userId);
  const settings = await readJson(request, SomeSettings);
  return Response.json(await requoteNovel(userId, params.quoteId, settings, request.signal));
});

export const DELETE = route<Params>(async ({ params, identity }) => {
  await forgetQuote(identity.user.id, params.quoteId);
  return new Response(null, { status: 204 });
});

export const { GET, PUT, PATCH, OPTIONS } = otherMethods('POST', 'DELETE');
