import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import postgres, { type Sql } from 'postgres';
import { z } from 'zod';

/** Any number, as long as everyone who migrates takes the same. */
const MIGRATION_LOCK = 720_118;
const FOLDER = fileURLToPath(new URL('./migrations', import.meta.url));

/** Brings the database to the newest schema. Two at the same time: the second waits and finds nothing to do. */
export async function migrateDatabase(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    if (await isNewest(sql)) return;
    const [{ drizzle }, { migrate }] = await Promise.all([
      import('drizzle-orm/postgres-js'),
      import('drizzle-orm/postgres-js/migrator'),
    ]);
    await sql`select pg_advisory_lock(${MIGRATION_LOCK})`;
    await migrate(drizzle(sql), { migrationsFolder: FOLDER });
  } finally {
    // Closing the session gives the lock back.
    await sql.end();
  }
}

const Journal = z.object({ entries: z.array(z.object({ when: z.number() })).min(1) });

/**
 * By what drizzle goes by: all that is pending is done in one transaction. Drizzle itself takes a second to load: for each
 * of its modules Node reads its package.json, which is long.
 */
async function isNewest(sql: Sql): Promise<boolean> {
  const { entries } = Journal.parse(JSON.parse(await readFile(`${FOLDER}/meta/_journal.json`, 'utf8')));
  const newest = Math.max(...entries.map(({ when }) => when));
  const [journal] = await sql`select to_regclass('drizzle.__drizzle_migrations') is not null as "isThere"`;
  if (!journal?.isThere) return false;
  const done = await sql`select from drizzle.__drizzle_migrations where created_at >= ${newest} limit 1`;
  return done.length > 0;
}
