import { and, desc, ilike, isNull, lt } from 'drizzle-orm';
import { z } from 'zod';
import { db } from '@/db/client';
import { users } from '@/db/schema';
import { toMe } from '@/lib/auth/find-user';
import { Cursor } from '@/lib/credits/schema';

export const AccountQuery = z.object({
  q: z.string().max(200).optional().describe('a part of the e-mail address'),
  cursor: Cursor.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
type AccountQuery = z.infer<typeof AccountQuery>;

/** For admins: who there is, the newest first; nothing of what they read. */
export async function listAccounts({ q, cursor, limit }: AccountQuery) {
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
  return {
    items: page.map((user) => ({ ...toMe(user), plan: user.plan, created_at: user.createdAt.toISOString() })),
    next: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  };
}
