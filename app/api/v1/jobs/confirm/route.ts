import { readJson, route } from '@/lib/http/route';
import { confirmJob } from '@/lib/jobs/confirm-job';
import { Confirmation } from '@/lib/jobs/quote-schema';

export const POST = route(async ({ request, identity }) => {
  const { quote_id } = await readJson(request, Confirmation);
  const job = await confirmJob(identity.user.id, quote_id);
  return Response.json(job, { status: 201, headers: { location: `/api/v1/jobs/${job.job_id}` } });
});
