import { announce } from '@/inngest/client';
import { jobStartedEvent } from '@/inngest/events';
import { otherMethods } from '@/lib/http/other-methods';
import { route } from '@/lib/http/route';
import { withUpload } from '@/lib/http/with-upload';
import { StartForm } from '@/lib/jobs/quote-schema';
import { startConfirmedJob } from '@/lib/jobs/start-confirmed-job';
import { parseInput } from '@/lib/parse-input';
import { removeFile } from '@/lib/storage/store';

export const POST = route(async ({ request, identity }) => {
  const { answer, start } = await withUpload(request, async ({ file, fields }) => {
    const { job_id } = parseInput(StartForm, fields);
    const confirmed = await startConfirmedJob(identity.user.id, job_id, file, fields);
    if (!confirmed.start) await removeFile(file.key);
    return confirmed;
  });
  if (start) await announce(jobStartedEvent(start));
  return Response.json(answer, { status: 202, headers: { location: `/api/v1/jobs/${answer.job_id}` } });
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
