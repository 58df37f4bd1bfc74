import { and, eq } from 'drizzle-orm';
import { db } from '@/db/client';
import { webhooks } from '@/db/schema';
import { AppError } from '@/lib/errors';

/** What was not delivered yet goes with it. Throws NOT_FOUND. */
export async function deleteWebhook(userId: string, webhookId: string): Promise<void> {
  const gone = await db()
    .delete(webhooks)
    .where(and(eq(webhooks.id, webhookId), eq(webhooks.userId, userId)))
    .returning({ id: webhooks.id });
  if (gone.length === 0) throw new AppError('NOT_FOUND', 'There is no such webhook.');
}
