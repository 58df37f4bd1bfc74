import { lt, sql } from 'drizzle-orm';
import { db } from '@/db/client';
import { webhookDeliveries } from '@/db/schema';

/** Forgets what was told, or could not be, a month ago. Returns how many. */
export async function sweepMessages(): Promise<number> {
  const gone = await db()
    .delete(webhookDeliveries)
    .where(lt(webhookDeliveries.endedAt, sql`now() - interval '30 days'`))
    .returning({ id: webhookDeliveries.id });
  return gone.length;
}
