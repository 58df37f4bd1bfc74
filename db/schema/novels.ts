import { sql } from 'drizzle-orm';
import { bigint, check, index, integer, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
import { users } from './users';

/** An upload. The file may be gone before the row: `storageKey` is then null. */
export const novels = pgTable(
  'novels',
  {
    id: text('id').primaryKey(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    sha256: text('sha256').notNull(),
    bytes: bigint('bytes', { mode: 'number' }).notNull(),
    pages: integer('pages').notNull(),
    storageKey: text('storage_key'),
    createdAt: timestamp('created_at', { withTimezone: true, mode: 'date' }).notNull().defaultNow(),
  },
  (table) => [
    index('novels_by_user').on(table.userId, table.createdAt),
    index('novels_by_file').on(table.userId, table.sha256),
    check('novels_have_pages', sql`${table.pages} > 0`),
    check('novels_have_bytes', sql`${table.bytes} > 0`),
    check('novels_sha256_is_hex', sql`${table.sha256} ~ '^[0-9a-f]{64}$'`),
  ],
);
