import postgres from 'postgres';
import { expect, test } from 'vitest';
import { createTestDatabase } from '@/db/testing/create-test-database';
import { migrateDatabase } from './migrate';

test('several starts at once migrate the same database without an error', async () => {
  const database = await createTestDatabase();
  const admin = postgres(database.url, { max: 1, onnotice: () => undefined });
  await admin`drop schema if exists drizzle cascade`;
  await admin`drop schema public cascade`;
  await admin`create schema public`;

  await Promise.all([1, 2, 3].map(() => migrateDatabase(database.url)));

  const [found] = await admin`select count(*)::int as journals from pg_tables where schemaname = 'drizzle'`;
  expect(found).toEqual({ journals: 1 });
  await migrateDatabase(database.url);
  // Not taken for the newest: it is begun anew, and what it brings is there.
  await admin`delete from drizzle.__drizzle_migrations`;
  await expect(migrateDatabase(database.url)).rejects.toThrow();
  await admin.end();
  await database.drop();
});
