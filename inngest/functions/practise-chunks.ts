import { inngest } from '@/inngest/client';
import { appStarted } from '@/inngest/events';
import { LONG_NOVEL, practiseChunk } from '@/lib/jobs/practise-chunk';

/**
 * What the chunks of a novel go through, without a novel: the first one after a start finds engine, route and database
 * with their code compiled, their plans made and their connections open.
 */
export const practiseChunks = inngest.createFunction(
  { id: 'practise-chunks', triggers: [appStarted], retries: 0, concurrency: LONG_NOVEL.workers },
  async ({ step }) => {
    await Promise.all(LONG_NOVEL.chunks.map(({ index }) => step.run(`practise-chunk-${index}`, practiseChunk)));
  },
);
