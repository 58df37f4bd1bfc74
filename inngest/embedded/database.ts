import type postgres from 'postgres';
import { openPostgres } from '@/db/open-postgres';

export type Sql = postgres.Sql;
export type Tx = postgres.TransactionSql;
/** Either: a connection pool or an open transaction. */
export type Db = Sql | Tx;

export interface Databases {
  /** For transactions whose result must be on disk before anyone hears of it. */
  durable: Sql;
  /** One session for as long as the engine lives: it holds the lock that proves the engine alive, and takes leases. */
  control: Sql;
}

export function openDatabases(url: string, schema: string): Databases {
  const settings = { onnotice: () => undefined, connection: { search_path: schema, application_name: schema } };
  return {
    durable: openPostgres(url, { ...settings, max: 10, idle_timeout: 60 }),
    // A lease lost with the database is taken again, so it need not wait for the disk.
    control: openPostgres(url, {
      ...settings,
      max: 1,
      max_lifetime: null,
      connection: { ...settings.connection, synchronous_commit: 'off' },
    }),
  };
}

/** A parameter for a `::text::json` cast: keeps every character JSON can hold, and skips the driver's own encoding. */
export const json = (value: unknown): string => JSON.stringify(value ?? null);

const PASSING = /^(08|40|53|57P)|^CONNECTION_|^ECONN/;
/** The database was away, or chose this transaction in a deadlock: the same may succeed a moment later. */
export const isPassing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && PASSING.test(error.code);

/** Runs `work` in a transaction; once more, up to five times, when the database was away or chose it in a deadlock. */
export async function transact<T>(sql: Sql, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let round = 0; ; round++) {
    try {
      const { result } = await sql.begin(async (tx) => ({ result: await work(tx) }));
      return result;
    } catch (error) {
      if (round >= 5 || !isPassing(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50 * 3 ** round));
    }
  }
}
