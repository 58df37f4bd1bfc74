import { beginChunk } from './begin-chunk';
import { mayCallModel } from './may-call-model';
import { settleLast } from './settle-sentences';
import { workAlone } from './work-alone';

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
  await settleLast(NONE, 0, [], { calls: 0, tokens: 0 }, NONE);
}
