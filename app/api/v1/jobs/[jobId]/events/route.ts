import { otherMethods } from '@/lib/http/other-methods';
import { route } from '@/lib/http/route';
import { streamJob } from '@/lib/http/stream-job';

export const GET = route<{ jobId: string }>(async ({ request, params, identity, mayStay }) =>
  streamJob(request, identity.user.id, params.jobId, mayStay),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
