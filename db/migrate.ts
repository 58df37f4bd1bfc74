import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';

/** Any number, as long as everyone who migrates takes the same. */
const MIGRATION_LOCK = 720_118;

/** Brings the database to the newest schema. Two at the same time: the second waits and finds nothing to do. */
export async function migrateDatabase(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    await sql`select pg_advisory_lock(${MIGRATION_LOCK})`;
    await migrate(drizzle(sql), { migrationsFolder: fileURLToPath(new URL('./migrations', import.meta.url)) });
  } finally {
    // Closing the session gives the lock back.
    await sql.end();
  }
}
