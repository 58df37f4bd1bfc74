import { isUnchanged } from '@/lib/http/is-unchanged';
import { otherMethods } from '@/lib/http/other-methods';
import { route } from '@/lib/http/route';
import { deleteJob } from '@/lib/jobs/delete-job';
import { getJob, getJobVersion, type JobVersion } from '@/lib/jobs/queries';
import { isTerminal } from '@/lib/jobs/status';

const POLL_SECONDS = '2';
/** Asked for all the time and little: to compress it costs more than to send it. */
const CACHING = 'private, no-cache, no-transform';

export const GET = route<{ jobId: string }>(async ({ request, params, identity }) => {
  const { id: userId } = identity.user;
  if (request.headers.has('if-none-match')) {
    const seen = await getJobVersion(userId, params.jobId);
    if (isUnchanged(request, tagOf(seen))) return new Response(null, { status: 304, headers: headersOf(seen) });
  }
  const { job, version } = await getJob(userId, params.jobId);
  return Response.json(job, { headers: headersOf({ status: job.status, version }) });
});

const tagOf = ({ version }: JobVersion) => `"${version}"`;

function headersOf(seen: JobVersion): Headers {
  const headers = new Headers({ etag: tagOf(seen), 'cache-control': CACHING });
  if (!isTerminal(seen.status)) headers.set('retry-after', POLL_SECONDS);
  return headers;
}

export const DELETE = route<{ jobId: string }>(async ({ params, identity }) => {
  await deleteJob(identity.user.id, params.jobId);
  return new Response(null, { status: 204 });
});

export const { POST, PUT, PATCH, OPTIONS } = otherMethods('GET', 'DELETE');
