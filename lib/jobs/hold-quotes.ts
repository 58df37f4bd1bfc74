import { asc, type SQL } from 'drizzle-orm';
import { quotes } from '@/db/schema';
import type { Transaction } from './lock-job';

/** Before a novel is taken away, which its quotes lose: held before the novel, as whoever confirms one of them does. */
export const holdQuotes = (tx: Transaction, which: SQL) =>
  tx.select({ id: quotes.id }).from(quotes).where(which).orderBy(asc(quotes.id)).for('update');
