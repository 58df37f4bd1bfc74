import { openApiDocument } from '@/lib/http/openapi';
import { otherMethods } from '@/lib/http/other-methods';
import { openRoute } from '@/lib/http/route';

export const GET = openRoute(async () =>
  Response.json(openApiDocument(), { headers: { 'cache-control': 'public, max-age=300' } }),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
