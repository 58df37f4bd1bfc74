import { settleCredits } from '@/lib/credits/ledger';
import { priceTokens } from '@/lib/credits/price';
import type { Transaction } from './lock-job';
import type { JobRow } from './present-job';

/**
 * Charges the run that ends, in the transaction that ends it and holds the job's row. What a call that was under way
 * reports later is counted by the job and charged to nobody. Answers what changes in the row.
 */
export async function settleRun(tx: Transaction, job: JobRow): Promise<{ actualCredits: number }> {
  const credits = priceTokens(job.geminiModel, job.modelTokens - job.tokensBeforeRun);
  const used = await settleCredits(tx, { userId: job.userId, jobId: job.id, run: job.retryCount }, credits);
  return { actualCredits: job.actualCredits + used };
}
