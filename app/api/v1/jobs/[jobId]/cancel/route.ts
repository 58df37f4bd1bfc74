import { announce } from '@/inngest/client';
import { jobCancelledEvent } from '@/inngest/events';
import { otherMethods } from '@/lib/http/other-methods';
import { route } from '@/lib/http/route';
import { cancelJob } from '@/lib/jobs/cancel-job';

export const POST = route<{ jobId: string }>(async ({ params, identity }) => {
  const job = await cancelJob(identity.user.id, params.jobId, identity.user.email);
  await announce(jobCancelledEvent({ jobId: job.id, run: job.retry_count }));
  return Response.json(job);
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
