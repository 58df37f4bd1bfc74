import { otherMethods } from '@/lib/http/other-methods';
import { readJson, route } from '@/lib/http/route';
import { editSentence } from '@/lib/jobs/edit-sentence';
import { SentenceEdit, SentencePlace } from '@/lib/jobs/schema';
import { parseInput } from '@/lib/parse-input';

export const PATCH = route<{ jobId: string; position: string }>(async ({ request, params, identity }) => {
  const { jobId, position } = parseInput(SentencePlace, params);
  return Response.json(await editSentence(identity.user.id, jobId, position, await readJson(request, SentenceEdit)));
});

export const { GET, POST, PUT, DELETE, OPTIONS } = otherMethods('PATCH');
