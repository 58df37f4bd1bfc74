import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '@/db/embedded';
import { migrateDatabase } from '@/db/migrate';

declare module 'vitest' {
  interface ProvidedContext {
    postgres: { url: string; template: string };
  }
}

const TEMPLATE = 'migrated';

/** One PostgreSQL for a whole run of vitest, with a migrated template that every test file clones. */
export default async function startTestPostgres(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'novel-test-'));
  await chmod(dataDir, 0o711);
  const server = await startEmbeddedPostgres({ dataDir, durable: false });

  const admin = postgres(server.url, { max: 1 });
  await admin`create database ${admin(TEMPLATE)}`;
  await admin.end();
  const template = new URL(server.url);
  template.pathname = TEMPLATE;
  await migrateDatabase(template.href);
  project.provide('postgres', { url: server.url, template: TEMPLATE });

  return async () => {
    await server.stop();
    await rm(dataDir, { recursive: true });
  };
}
