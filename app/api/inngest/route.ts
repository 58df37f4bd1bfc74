import { serve } from 'inngest/next';
import { inngest } from '@/inngest/client';
import { functions } from '@/inngest/functions';
import { withShortBody } from '@/lib/http/with-short-body';

export const dynamic = 'force-dynamic';

/** Our steps return receipts; anybody may send something long before it is found to bear no signature. */
const MAX_BYTES = 4 * 1024 * 1024;

const served = serve({ client: inngest, functions });

export const { GET } = served;
export const POST = withShortBody(MAX_BYTES, served.POST);
export const PUT = withShortBody(MAX_BYTES, served.PUT);
