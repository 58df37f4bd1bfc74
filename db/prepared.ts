import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { db } from './client';

/** A statement that drizzle puts into words once for each database, for what is asked very often. */
export function prepared<T>(make: (database: PostgresJsDatabase) => T): () => T {
  const made = new WeakMap<PostgresJsDatabase, T>();
  return () => {
    const database = db();
    const known = made.get(database) ?? make(database);
    made.set(database, known);
    return known;
  };
}
