import { sql } from 'drizzle-orm';
import { check, index, pgTable, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core';

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
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex('users_email_key').on(table.email),
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
    expiresAt: instant('expires_at').notNull(),
    usedAt: instant('used_at'),
    revokedAt: instant('revoked_at'),
  },
  (table) => [index('refresh_tokens_family').on(table.familyId)],
);
