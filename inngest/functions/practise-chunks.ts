import { inngest } from '@/inngest/client';
import { appStarted } from '@/inngest/events';
import { WORKER_COUNTS } from '@/lib/jobs/plan-chunks';
import { practiseChunk } from '@/lib/jobs/practise-chunk';

/** As many as a long novel has. */
const CHUNKS = 34;

/**
 * What the chunks of a novel go through, without a novel: the first one after a start finds engine, route and database
 * with their code compiled, their plans made and their connections open.
 */
export const practiseChunks = inngest.createFunction(
  { id: 'practise-chunks', triggers: [appStarted], retries: 0, concurrency: Math.max(...WORKER_COUNTS) },
  async ({ step }) => {
    const chunks = Array.from({ length: CHUNKS }, (_, chunk) => step.run(`practise-chunk-${chunk}`, practiseChunk));
    await Promise.all(chunks);
  },
);
