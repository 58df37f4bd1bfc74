import { isUnchanged } from '@/lib/http/is-unchanged';
import { otherMethods } from '@/lib/http/other-methods';
import { route } from '@/lib/http/route';
import { deleteJob } from '@/lib/jobs/delete-job';
import { getJob } from '@/lib/jobs/queries';
import { isTerminal } from '@/lib/jobs/status';

const POLL_SECONDS = '2';
/** Asked for all the time and little: to compress it costs more than to send it. */
const CACHING = 'private, no-cache, no-transform';

export const GET = route<{ jobId: string }>(async ({ request, params, identity }) => {
  const { job, version } = await getJob(identity.user.id, params.jobId);
  const headers = new Headers({ etag: `"${version}"`, 'cache-control': CACHING });
  if (!isTerminal(job.status)) headers.set('retry-after', POLL_SECONDS);
  if (isUnchanged(request, `"${version}"`)) return new Response(null, { status: 304, headers });
  return Response.json(job, { headers });
});

export const DELETE = route<{ jobId: string }>(async ({ params, identity }) => {
  await deleteJob(identity.user.id, params.jobId);
  return new Response(null, { status: 204 });
});

export const { POST, PUT, PATCH, OPTIONS } = otherMethods('GET', 'DELETE');
