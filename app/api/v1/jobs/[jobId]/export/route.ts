import { exportHeaders, exportJob } from '@/lib/exports/export-job';
import { otherMethods } from '@/lib/http/other-methods';
import { readQuery, route } from '@/lib/http/route';
import { getJob } from '@/lib/jobs/queries';
import { ExportQuery } from '@/lib/jobs/schema';

export const GET = route<{ jobId: string }>(async ({ request, params, identity, limits }) => {
  await limits.count('exports', identity.user.id);
  const { format } = readQuery(request, ExportQuery);
  const { job } = await getJob(identity.user.id, params.jobId);
  const headers = exportHeaders(job, format);
  if (request.method === 'HEAD') return new Response(null, { headers });
  return new Response(await exportJob(job, format, request.signal), { headers });
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
