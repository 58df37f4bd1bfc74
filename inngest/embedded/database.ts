import type postgres from 'postgres';
import { openPostgres } from '@/db/open-postgres';
import { persist } from '@/db/persist';

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
  const settings = {
    onnotice: () => undefined,
    connection: {
      // The catalogue last, where it would come first: a test can put a clock of its own before it.
      search_path: `${schema}, pg_catalog`,
      application_name: schema,
      // Others wait for the rows of whoever stands still in a transaction.
      idle_in_transaction_session_timeout: 60_000,
    },
  };
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

/** Runs `work` in a transaction, again when the database was away or chose it in a deadlock. */
export const transact = async <T>(sql: Sql, work: (tx: Tx) => Promise<T>): Promise<T> => {
  const { result } = await persist(() => sql.begin(async (tx) => ({ result: await work(tx) })));
  return result;
};
