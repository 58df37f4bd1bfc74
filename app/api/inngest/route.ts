import { serve } from 'inngest/next';
import { announce, inngest } from '@/inngest/client';
import { appStarted } from '@/inngest/events';
import { functions } from '@/inngest/functions';
import { otherMethods } from '@/lib/http/other-methods';
import { withShortBody } from '@/lib/http/with-short-body';
import { PRACTICE_DELAY_MS } from '@/lib/jobs/practise-once';

export const dynamic = 'force-dynamic';

/** Our steps return receipts; anybody may send something long before it is found to bear no signature. */
const MAX_BYTES = 4 * 1024 * 1024;

const served = serve({ client: inngest, functions });

export const { GET } = served;
export const POST = withShortBody(MAX_BYTES, served.POST);

let hasStarted = false;

/** Makes the functions known to the engine. The first time, what a crash left undone is looked for in a moment. */
export const PUT = withShortBody<Parameters<typeof served.PUT>[1]>(MAX_BYTES, async (request, context) => {
  const response = await served.PUT(request, context);
  if (response.ok && !hasStarted) {
    hasStarted = true;
    void announce(appStarted.create({}, { ts: Date.now() + PRACTICE_DELAY_MS }));
  }
  return response;
});

export const { PATCH, DELETE, OPTIONS } = otherMethods('GET', 'POST', 'PUT');
