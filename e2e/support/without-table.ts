import { closeDatabase, openDatabase, sql } from '@/db/client';
import { joinEmbeddedPostgres } from '@/db/embedded';
import type { App } from './app';

/** Takes a table away while `work` goes on: whatever asks for it fails, as after a migration gone wrong. */
export async function withoutTable(app: App, table: string, work: () => Promise<void>): Promise<void> {
  const url = await joinEmbeddedPostgres(app.dataDir);
  if (url === undefined) throw new Error('the app has no database of its own');
  openDatabase(url);
  await sql()`alter table ${sql()(table)} rename to lost_table`;
  try {
    await work();
  } finally {
    await sql()`alter table lost_table rename to ${sql()(table)}`;
    await closeDatabase();
  }
}
