import { announce } from '@/inngest/client';
import { jobStartedEvent } from '@/inngest/events';
import { otherMethods } from '@/lib/http/other-methods';
import { readOptionalJson, route } from '@/lib/http/route';
import { makeOnce } from '@/lib/idempotency/under-key';
import { getJob } from '@/lib/jobs/queries';
import { retryJob } from '@/lib/jobs/retry-job';
import { RetryRequest } from '@/lib/jobs/schema';

export const POST = route<{ jobId: string }>(async ({ request, params, identity, limits }) => {
  const userId = identity.user.id;
  const jobId = await makeOnce(async () => {
    const wanted = await readOptionalJson(request, RetryRequest);
    const start = await limits.counting('novels', userId, async (admit) => {
      await admit();
      return retryJob(userId, params.jobId, wanted);
    });
    await announce(jobStartedEvent(start));
    return start;
  });
  const { job } = await getJob(userId, jobId);
  return Response.json(job, { status: 202 });
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
