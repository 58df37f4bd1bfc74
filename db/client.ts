import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type { Sql } from 'postgres';
import { env } from '@/lib/env';
import { openPostgres } from './open-postgres';

interface Database {
  sql: Sql;
  orm: PostgresJsDatabase;
}

/** The whole machine shares 60 connections: app, engine, migrations and a psql or two. */
const MAX_CONNECTIONS = 10;

declare global {
  // On globalThis, because `next dev` loads this module anew after every change.
  var frenchNovelDatabase: Database | undefined;
}

export const db = (): PostgresJsDatabase => current().orm;

/** For what drizzle has no words for: LISTEN/NOTIFY, advisory locks, bulk inserts. */
export const sql = (): Sql => current().sql;

/** Connects to `url` instead of DATABASE_URL; for tests and scripts. */
export function openDatabase(url: string): Database {
  const client = openPostgres(url, { max: MAX_CONNECTIONS, onnotice: () => undefined });
  globalThis.frenchNovelDatabase = { sql: client, orm: drizzle(client) };
  return globalThis.frenchNovelDatabase;
}

export async function closeDatabase(): Promise<void> {
  await globalThis.frenchNovelDatabase?.sql.end({ timeout: 5 });
  globalThis.frenchNovelDatabase = undefined;
}

function current(): Database {
  if (globalThis.frenchNovelDatabase) return globalThis.frenchNovelDatabase;
  const { DATABASE_URL } = env();
  if (DATABASE_URL === undefined) throw new Error('DATABASE_URL is not set; `npm start` sets it for the app');
  return openDatabase(DATABASE_URL);
}
