import { otherMethods } from '@/lib/http/other-methods';
import { route } from '@/lib/http/route';
import { getReport } from '@/lib/jobs/get-report';

export const GET = route<{ jobId: string }>(async ({ params, identity }) =>
  Response.json(await getReport(identity.user.id, params.jobId)),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
