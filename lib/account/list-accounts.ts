import { and, desc, ilike, isNull, lt } from 'drizzle-orm';
import { db } from '@/db/client';
import { users } from '@/db/schema';
import { toMe } from '@/lib/auth/find-user';
import { balancesOf } from '@/lib/credits/queries';
import type { AccountPage, AccountQuery } from './schema';

/** For admins: who there is, the newest first; nothing of what they read. */
export async function listAccounts({ q, cursor, limit }: AccountQuery): Promise<AccountPage> {
  const rows = await db()
    .select()
    .from(users)
    .where(
      and(
        isNull(users.deletedAt),
        cursor === undefined ? undefined : lt(users.id, cursor),
        q === undefined ? undefined : ilike(users.email, `%${q.replace(/[\\%_]/g, '\\$&')}%`),
      ),
    )
    .orderBy(desc(users.id))
    .limit(limit + 1);
  const page = rows.slice(0, limit);
  const balanceOf = await balancesOf(page.map(({ id }) => id));
  return {
    items: page.map((user) => ({
      ...toMe(user),
      plan: user.plan,
      balance: balanceOf(user.id),
      created_at: user.createdAt.toISOString(),
    })),
    next: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  };
}
