import { checkDatabase } from '@/lib/health/check-database';
import { openRoute } from '@/lib/http/route';
import { practiseReading } from '@/lib/pdf/run-pdf-task';
import { checkStorage } from '@/lib/storage/store';

export const dynamic = 'force-dynamic';

export const GET = openRoute(async () => {
  await Promise.all([checkDatabase(), checkStorage()]);
  // Whoever starts the app asks this first.
  practiseReading();
  return Response.json({ status: 'ready' });
});
