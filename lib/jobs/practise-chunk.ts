import { beginChunk } from './begin-chunk';
import { mayCallModel } from './may-call-model';
import { planChunks } from './plan-chunks';
import { settleLast } from './settle-sentences';
import { workAlone } from './work-alone';

/** What is practised for: as many chunks, and as many at once, as a long novel has. */
export const LONG_NOVEL = planChunks(500);
/** The id of no job. */
const NONE = '';

/** All that a chunk asks of the database, of a job that is not there. */
export async function practiseChunk(): Promise<void> {
  await workAlone(
    `practice ${process.pid}`,
    () => Promise.resolve(false),
    async () => undefined,
  );
  await beginChunk(NONE, 0, NONE);
  await mayCallModel(NONE, NONE);
  await settleLast({ jobId: NONE, index: 0, run: 0 }, [], { calls: 0, tokens: 0 }, NONE);
}
