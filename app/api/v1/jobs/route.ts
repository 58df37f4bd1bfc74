import { announce } from '@/inngest/client';
import { jobStartedEvent } from '@/inngest/events';
import { env } from '@/lib/env';
import { readUpload } from '@/lib/http/read-upload';
import { readQuery, route } from '@/lib/http/route';
import { createJob } from '@/lib/jobs/create-job';
import { getJob, listJobs } from '@/lib/jobs/queries';
import { JobListQuery } from '@/lib/jobs/schema';
import { removeFile } from '@/lib/storage/store';

const MEGABYTE = 1024 * 1024;

export const GET = route(async ({ request, identity }) =>
  Response.json(await listJobs(identity.user.id, readQuery(request, JobListQuery))),
);

export const POST = route(async ({ request, identity }) => {
  const userId = identity.user.id;
  const { file, name, fields } = await readUpload(request, env().MAX_UPLOAD_MB * MEGABYTE, removeFile);
  const start = await createJob({ userId, file, name, settings: fields, signal: request.signal }).catch(
    async (error: unknown) => {
      await removeFile(file.key);
      throw error;
    },
  );
  await announce(jobStartedEvent(start));
  const { job } = await getJob(userId, start.jobId);
  return Response.json(job, { status: 202, headers: { location: `/api/v1/jobs/${start.jobId}` } });
});
