import { otherMethods } from '@/lib/http/other-methods';
import { readQuery, route } from '@/lib/http/route';
import { listSentences } from '@/lib/jobs/queries';
import { SentenceListQuery } from '@/lib/jobs/schema';

export const GET = route<{ jobId: string }>(async ({ request, params, identity }) =>
  Response.json(await listSentences(identity.user.id, params.jobId, readQuery(request, SentenceListQuery))),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
