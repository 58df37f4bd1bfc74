import { announce } from '@/inngest/client';
import { jobStartedEvent } from '@/inngest/events';
import { otherMethods } from '@/lib/http/other-methods';
import { readJson, route } from '@/lib/http/route';
import { confirmJob } from '@/lib/jobs/confirm-job';
import { Confirmation } from '@/lib/jobs/quote-schema';

export const POST = route(async ({ request, identity }) => {
  const { quote_id, start: startsNow } = await readJson(request, Confirmation);
  const { answer, start } = await confirmJob(identity.user.id, quote_id, startsNow);
  if (start) await announce(jobStartedEvent(start));
  return Response.json(answer, { status: 201, headers: { location: `/api/v1/jobs/${answer.job_id}` } });
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
