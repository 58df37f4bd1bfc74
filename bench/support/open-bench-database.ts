import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeDatabase, openDatabase } from '@/db/client';
import { startEmbeddedPostgres } from '@/db/embedded';
import { migrateDatabase } from '@/db/migrate';

/** An empty database of its own behind `db()` and `sql()`. Returns how to remove it. */
export async function openBenchDatabase(): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'novel-bench-'));
  // As root, the database runs as a user who must be able to pass.
  await chmod(dataDir, 0o711);
  const server = await startEmbeddedPostgres({ dataDir, durable: false });
  await migrateDatabase(server.url);
  openDatabase(server.url);
  return async () => {
    await closeDatabase();
    await server.stop();
    await rm(dataDir, { recursive: true });
  };
}
