import { openApiDocument } from '@/lib/http/openapi';
import { openRoute } from '@/lib/http/route';

export const GET = openRoute(async () =>
  Response.json(openApiDocument(), { headers: { 'cache-control': 'public, max-age=300' } }),
);
