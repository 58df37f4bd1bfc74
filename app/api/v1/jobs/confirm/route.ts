import { announce } from '@/inngest/client';
import { jobStartedEvent } from '@/inngest/events';
import { otherMethods } from '@/lib/http/other-methods';
import { readJson, route } from '@/lib/http/route';
import { confirmJob } from '@/lib/jobs/confirm-job';
import { Confirmation } from '@/lib/jobs/quote-schema';

export const POST = route(async ({ request, identity, limits }) => {
  const { quote_id, start: startsNow } = await readJson(request, Confirmation);
  const userId = identity.user.id;
  const { answer, start } = await limits.counting('novels', userId, (admit) =>
    confirmJob(userId, quote_id, { startsNow, admit }),
  );
  if (start) await announce(jobStartedEvent(start));
  return Response.json(answer, { status: 201, headers: { location: `/api/v1/jobs/${answer.job_id}` } });
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
