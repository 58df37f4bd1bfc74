import { AsyncLocalStorage } from 'node:async_hooks';
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type { Sql } from 'postgres';
import { env } from '@/lib/env';
import { openPostgres } from './open-postgres';

interface Lane {
  sql: Sql;
  orm: PostgresJsDatabase;
}

interface Database {
  /** For whoever asks and waits. */
  requests: Lane;
  /** For steps of jobs: however many run, they hold up nobody who asks, and crowd no small machine. */
  work: Lane;
  aside: Sql;
  /** One connection, made when it is first asked for, whose session holds the locks of this process. */
  session: Sql;
}

/** The whole machine shares 60 connections: app, engine, migrations and a psql or two. */
const MAX_REQUESTS = 6;
const MAX_WORK = 5;
const MAX_ASIDE = 2;

/** Whoever stands still in a transaction is ended after so long: others wait for the rows that it holds. */
const ENDS_STANDSTILL = { idle_in_transaction_session_timeout: 60_000 };

/** A machine that is cut off says no goodbye; after half a minute its session, and its locks with it, are over. */
const NOTICES_ABSENCE = { tcp_keepalives_idle: 10, tcp_keepalives_interval: 5, tcp_keepalives_count: 4 };

declare global {
  // On globalThis, because `next dev` loads this module anew after every change.
  var frenchNovelDatabase: Database | undefined;
}

const inWork = new AsyncLocalStorage<true>();

/** Whatever `work` asks of the database goes by the connections for work. */
export const asWork = <T>(work: () => T): T => inWork.run(true, work);

const lane = (): Lane => (inWork.getStore() ? current().work : current().requests);

export const db = (): PostgresJsDatabase => lane().orm;

/** For what drizzle has no words for: LISTEN/NOTIFY, advisory locks, bulk inserts. */
export const sql = (): Sql => lane().sql;

/** For one short statement while a transaction is held: with connections of their own, the two never wait for each other. */
export const aside = (): Sql => current().aside;

/** One session for what is bound to a session, as advisory locks are. They end with the process, however it ends. */
export const session = (): Sql => current().session;

/** Connects to `url` instead of DATABASE_URL; for tests and scripts. */
export function openDatabase(url: string): Database {
  const connect = (max: number, options = {}) =>
    openPostgres(url, { max, onnotice: () => undefined, connection: ENDS_STANDSTILL, ...options });
  const connectLane = (max: number): Lane => {
    const client = connect(max);
    return { sql: client, orm: drizzle(client) };
  };
  globalThis.frenchNovelDatabase = {
    requests: connectLane(MAX_REQUESTS),
    work: connectLane(MAX_WORK),
    aside: connect(MAX_ASIDE),
    // Not for the driver's usual hour at most: its locks would go with it, under whoever holds them.
    session: connect(1, { connection: NOTICES_ABSENCE, max_lifetime: null }),
  };
  return globalThis.frenchNovelDatabase;
}

export async function closeDatabase(): Promise<void> {
  const open = globalThis.frenchNovelDatabase;
  const clients = [open?.requests.sql, open?.work.sql, open?.aside, open?.session];
  await Promise.all(clients.map((client) => client?.end({ timeout: 5 })));
  globalThis.frenchNovelDatabase = undefined;
}

function current(): Database {
  if (globalThis.frenchNovelDatabase) return globalThis.frenchNovelDatabase;
  const { DATABASE_URL } = env();
  if (DATABASE_URL === undefined) throw new Error('DATABASE_URL is not set; `npm start` sets it for the app');
  return openDatabase(DATABASE_URL);
}
