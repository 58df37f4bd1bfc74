import { checkDatabase } from '@/lib/health/check-database';
import { openRoute } from '@/lib/http/route';

export const dynamic = 'force-dynamic';

export const GET = openRoute(async () => {
  await checkDatabase();
  return Response.json({ status: 'ready' });
});
