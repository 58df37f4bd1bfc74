import { closeDatabase, openDatabase } from '@/db/client';
import { startPipeline } from '@/e2e/support/pipeline';
import { queueReaders } from '@/inngest/functions/testing/readers-in-line';

/** What fairness.ts starts as a process of its own, since the functions take their limits from the environment. */
const [databaseUrl = '', enginePort, readers, novelsEach] = process.argv.slice(2);

openDatabase(databaseUrl);
const pipeline = await startPipeline({ databaseUrl, enginePort: Number(enginePort) });
process.send?.(await queueReaders(Number(readers), Number(novelsEach)));
await pipeline.close();
await closeDatabase();
process.disconnect?.();
