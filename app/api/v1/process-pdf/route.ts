import { announce } from '@/inngest/client';
import { jobStartedEvent } from '@/inngest/events';
import { env } from '@/lib/env';
import { deprecated } from '@/lib/http/deprecated';
import { otherMethods } from '@/lib/http/other-methods';
import { route } from '@/lib/http/route';
import { withUpload } from '@/lib/http/with-upload';
import { makeOnce } from '@/lib/idempotency/under-key';
import { createShortJob } from '@/lib/jobs/create-short-job';
import { isInRollout } from '@/lib/jobs/is-in-rollout';
import { runJobHere } from '@/lib/jobs/run-job-here';
import { waitForNovel } from '@/lib/jobs/wait-for-novel';

/** Below the 300 s after which Node's own fetch gives up waiting for an answer. */
const PATIENCE_MS = 280_000;
const SINCE = new Date('2026-11-01');

const processPdf = route(async ({ request, identity, limits }) => {
  const userId = identity.user.id;
  const jobId = await makeOnce(async () => {
    const start = await limits.counting('novels', userId, async (admit) => {
      await admit();
      return withUpload(request, ({ file, name, fields }) =>
        createShortJob({ userId, file, name, settings: fields, signal: request.signal }),
      );
    });
    if (isInRollout(userId, env().ASYNC_PROCESSING_PERCENT)) await announce(jobStartedEvent(start));
    else await runJobHere(start);
    return start;
  });
  const headers = { 'content-location': `/api/v1/jobs/${jobId}` };
  return Response.json(await waitForNovel(userId, jobId, PATIENCE_MS), { headers });
});

export const POST = deprecated(SINCE, '/api/v1/process-pdf-async', processPdf);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
