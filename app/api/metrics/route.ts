import { otherMethods } from '@/lib/http/other-methods';
import { requireMetricsAccess } from '@/lib/http/require-metrics-access';
import { openRoute } from '@/lib/http/route';
import { formatMetrics } from '@/lib/metrics/format-metrics';
import { readMetrics } from '@/lib/metrics/read-metrics';

export const dynamic = 'force-dynamic';

export const GET = openRoute(async ({ headers }) => {
  requireMetricsAccess(headers);
  return new Response(formatMetrics(await readMetrics()), {
    headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' },
  });
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
