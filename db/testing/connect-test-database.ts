import { afterAll, beforeAll } from 'vitest';
import { closeDatabase, openDatabase } from '@/db/client';
import { createTestDatabase, type TestDatabase } from './create-test-database';

/** Gives the calling test file a database of its own behind `db()` and `sql()`. */
export function connectTestDatabase() {
  let database: TestDatabase | undefined;

  beforeAll(async () => {
    database = await createTestDatabase();
    openDatabase(database.url);
  });

  afterAll(async () => {
    await closeDatabase();
    await database?.drop();
  });

  return {
    /** For those who connect by themselves. */
    get url(): string {
      if (!database) throw new Error('the test database is made before the first test');
      return database.url;
    },
  };
}
