import { checkDatabase } from '@/lib/health/check-database';
import { openRoute } from '@/lib/http/route';
import { checkStorage } from '@/lib/storage/store';

export const dynamic = 'force-dynamic';

export const GET = openRoute(async () => {
  await Promise.all([checkDatabase(), checkStorage()]);
  return Response.json({ status: 'ready' });
});
