import { sql } from 'drizzle-orm';
import { boolean, check, integer, pgTable, text } from 'drizzle-orm/pg-core';
import { users } from './users';

/** What a reader wants of a job that does not say otherwise. Who has chosen nothing has no row. */
export const userSettings = pgTable(
  'user_settings',
  {
    userId: text('user_id')
      .primaryKey()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** Null: whichever is configured. */
    engine: text('engine', { enum: ['offline', 'gemini'] }),
    geminiModel: text('gemini_model', { enum: ['balanced', 'quality', 'speed'] }).notNull(),
    maxWords: integer('max_words').notNull(),
    minWords: integer('min_words').notNull(),
    ignoreDialogue: boolean('ignore_dialogue').notNull(),
    fixHyphenation: boolean('fix_hyphenation').notNull(),
    preserveFormatting: boolean('preserve_formatting').notNull(),
  },
  (table) => [
    check('user_settings_in_range', sql`${table.maxWords} between 3 and 50 and ${table.minWords} between 1 and 10`),
  ],
);
