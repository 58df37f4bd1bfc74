import { exportHeaders, exportJob } from '@/lib/exports/export-job';
import { otherMethods } from '@/lib/http/other-methods';
import { readQuery, route } from '@/lib/http/route';
import { getJob } from '@/lib/jobs/queries';
import { ExportQuery } from '@/lib/jobs/schema';

export const GET = route<{ jobId: string }>(async ({ request, params, identity, limits }) => {
  const userId = identity.user.id;
  await limits.count('exports', userId);
  const { format } = readQuery(request, ExportQuery);
  const { job } = await getJob(userId, params.jobId);
  const headers = exportHeaders(job, format);
  if (request.method === 'HEAD') return new Response(null, { headers });
  return new Response(await exportJob(job, format, { userId, signal: request.signal }), { headers });
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
