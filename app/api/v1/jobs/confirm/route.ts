import { announce } from '@/inngest/client';
import { jobStartedEvent } from '@/inngest/events';
import { otherMethods } from '@/lib/http/other-methods';
import { readJson, route } from '@/lib/http/route';
import { makeOnce } from '@/lib/idempotency/under-key';
import { confirmJob } from '@/lib/jobs/confirm-job';
import { getJob } from '@/lib/jobs/queries';
import { Confirmation, type ConfirmedJob } from '@/lib/jobs/quote-schema';

export const POST = route(async ({ request, identity, limits }) => {
  const userId = identity.user.id;
  const jobId = await makeOnce(async () => {
    const { quote_id, start: startsNow } = await readJson(request, Confirmation);
    const start = await limits.counting('novels', userId, (admit) =>
      confirmJob(userId, quote_id, { startsNow, admit }),
    );
    if (startsNow) await announce(jobStartedEvent(start));
    return start;
  });
  const { job } = await getJob(userId, jobId);
  const answer: ConfirmedJob = { job_id: jobId, status: job.status, reserved_credits: job.reserved_credits };
  return Response.json(answer, { status: 201, headers: { location: `/api/v1/jobs/${jobId}` } });
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
