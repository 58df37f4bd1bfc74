import { checkDatabase } from '@/lib/health/check-database';
import { otherMethods } from '@/lib/http/other-methods';
import { openRoute } from '@/lib/http/route';
import { practiseOnce } from '@/lib/jobs/practise-once';
import { checkStorage } from '@/lib/storage/store';

export const dynamic = 'force-dynamic';

export const GET = openRoute(async () => {
  await Promise.all([checkDatabase(), checkStorage()]);
  // Whoever starts the app asks this first.
  practiseOnce();
  return Response.json({ status: 'ready' });
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
