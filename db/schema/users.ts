import { sql } from 'drizzle-orm';
import { check, index, integer, pgTable, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core';

export const USER_ROLES = ['reader', 'admin'] as const;
export type UserRole = (typeof USER_ROLES)[number];

/** What an operator has given them: the class in which their novels wait. */
export const USER_PLANS = ['free', 'reader', 'school'] as const;
export type UserPlan = (typeof USER_PLANS)[number];

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

export const users = pgTable(
  'users',
  {
    id: text('id').primaryKey(),
    email: text('email').notNull(),
    name: text('name'),
    /** argon2id in PHC form; null for people who only come by Google or by the owner's link. */
    passwordHash: text('password_hash'),
    role: text('role', { enum: USER_ROLES }).notNull().default('reader'),
    plan: text('plan', { enum: USER_PLANS }).notNull().default('free'),
    /** Null while nobody but whoever registered says that the address is theirs. */
    emailVerifiedAt: instant('email_verified_at'),
    /** Google's name for the person; addresses change hands, this does not. */
    googleSubject: text('google_subject'),
    /** Sessions and tokens carry it; those of an earlier one have ended. */
    sessionEpoch: integer('session_epoch').notNull().default(0),
    createdAt: instant('created_at').notNull().defaultNow(),
    /** The row stays for the ledger's sake and says nothing any more. */
    deletedAt: instant('deleted_at'),
  },
  (table) => [
    uniqueIndex('users_email_key').on(table.email),
    uniqueIndex('users_google_subject_key').on(table.googleSubject),
    check(
      'users_google_proves_the_address',
      sql`${table.googleSubject} is null or ${table.emailVerifiedAt} is not null`,
    ),
    check(
      'users_deleted_are_nobody',
      sql`${table.deletedAt} is null or (${table.email} = ${table.id} || '@deleted.invalid' and ${table.role} = 'reader'
        and num_nonnulls(${table.name}, ${table.passwordHash}, ${table.googleSubject}, ${table.emailVerifiedAt}) = 0)`,
    ),
    check('users_email_is_lower_case', sql`${table.email} = lower(${table.email})`),
    check('users_role_is_known', sql`${table.role} in ('reader', 'admin')`),
    check('users_plan_is_known', sql`${table.plan} in ('free', 'reader', 'school')`),
  ],
);

/** The owner's one-time links. Only a hash is kept: who reads the table cannot sign in. */
export const signInLinks = pgTable('sign_in_links', {
  tokenHash: text('token_hash').primaryKey(),
  userId: text('user_id')
    .notNull()
    .references(() => users.id, { onDelete: 'cascade' }),
  expiresAt: instant('expires_at').notNull(),
  usedAt: instant('used_at'),
});

/** A family is one sign-in; each refresh uses up a token and adds the next. A used one seen again ends the family. */
export const refreshTokens = pgTable(
  'refresh_tokens',
  {
    tokenHash: text('token_hash').primaryKey(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    familyId: text('family_id').notNull(),
    /** The user's when the family began. */
    sessionEpoch: integer('session_epoch').notNull().default(0),
    expiresAt: instant('expires_at').notNull(),
    usedAt: instant('used_at'),
    revokedAt: instant('revoked_at'),
  },
  (table) => [index('refresh_tokens_family').on(table.familyId)],
);

export const KEY_SCOPES = ['read', 'process', 'admin'] as const;
export type KeyScope = (typeof KEY_SCOPES)[number];

/** Personal keys of scripts. Only a hash is kept; the prefix is what their owner knows them by. */
export const apiKeys = pgTable(
  'api_keys',
  {
    id: text('id').primaryKey(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    prefix: text('prefix').notNull(),
    keyHash: text('key_hash').notNull(),
    scopes: text('scopes', { enum: KEY_SCOPES }).array().notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
    /** To the minute. */
    lastUsedAt: instant('last_used_at'),
    revokedAt: instant('revoked_at'),
  },
  (table) => [
    uniqueIndex('api_keys_hash_key').on(table.keyHash),
    index('api_keys_by_user').on(table.userId, table.id),
    check(
      'api_keys_scopes_are_known',
      sql`cardinality(${table.scopes}) > 0 and ${table.scopes} <@ array['read', 'process', 'admin']`,
    ),
  ],
);
