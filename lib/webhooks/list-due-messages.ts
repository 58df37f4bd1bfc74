import { and, asc, eq, lte, or, sql } from 'drizzle-orm';
import { db } from '@/db/client';
import { webhookDeliveries } from '@/db/schema';

/** A message to be tried, and how often it has been. */
export interface DueMessage {
  messageId: string;
  webhookId: string;
  attempts: number;
}

/** Above this a run sees to its own next attempt. */
const LATE_SECONDS = 30;
const MOST = 500;

/** New ones, and those whose next attempt nobody has made although it is past its time. */
export async function listDueMessages(): Promise<DueMessage[]> {
  const { id, webhookId, attempts, status, dueAt } = webhookDeliveries;
  return db()
    .select({ messageId: id, webhookId, attempts })
    .from(webhookDeliveries)
    .where(
      and(
        eq(status, 'pending'),
        lte(dueAt, sql`clock_timestamp()`),
        or(eq(attempts, 0), lte(dueAt, sql`clock_timestamp() - ${LATE_SECONDS} * interval '1 second'`)),
      ),
    )
    .orderBy(asc(dueAt))
    .limit(MOST);
}
