import { announce } from '@/inngest/client';
import { jobStartedEvent } from '@/inngest/events';
import { otherMethods } from '@/lib/http/other-methods';
import { readQuery, route } from '@/lib/http/route';
import { withUpload } from '@/lib/http/with-upload';
import { makeOnce } from '@/lib/idempotency/under-key';
import { createJob } from '@/lib/jobs/create-job';
import { getJob, listJobs } from '@/lib/jobs/queries';
import { JobListQuery } from '@/lib/jobs/schema';

export const GET = route(async ({ request, identity }) =>
  Response.json(await listJobs(identity.user.id, readQuery(request, JobListQuery))),
);

export const POST = route(async ({ request, identity, limits }) => {
  const userId = identity.user.id;
  const jobId = await makeOnce(async () => {
    const start = await limits.counting('novels', userId, async (admit) => {
      await admit();
      return withUpload(request, ({ file, name, fields }) =>
        createJob({ userId, file, name, settings: fields, signal: request.signal }),
      );
    });
    await announce(jobStartedEvent(start));
    return start;
  });
  const { job } = await getJob(userId, jobId);
  return Response.json(job, { status: 202, headers: { location: `/api/v1/jobs/${jobId}` } });
});

export const { PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET', 'POST');
