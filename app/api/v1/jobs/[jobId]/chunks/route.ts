import { otherMethods } from '@/lib/http/other-methods';
import { route } from '@/lib/http/route';
import { listChunks } from '@/lib/jobs/queries';

export const GET = route<{ jobId: string }>(async ({ params, identity }) =>
  Response.json(await listChunks(identity.user.id, params.jobId)),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
