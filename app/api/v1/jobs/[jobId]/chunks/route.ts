import { route } from '@/lib/http/route';
import { listChunks } from '@/lib/jobs/queries';

export const GET = route<{ jobId: string }>(async ({ params, identity }) =>
  Response.json(await listChunks(identity.user.id, params.jobId)),
);
