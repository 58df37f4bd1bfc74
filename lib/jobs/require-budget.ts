import { and, eq } from 'drizzle-orm';
import { db } from '@/db/client';
import { jobs, ledgerEntries } from '@/db/schema';
import { priceTokens } from '@/lib/credits/price';
import { AppError } from '@/lib/errors';

/** As if every sentence went up the whole ladder. Beyond that, a model goes astray at our expense, not at the reader's. */
const BUDGET_FACTOR = 3;

/** Throws MODEL_BUDGET_SPENT when the run has used far more than was reserved for it; one without a reservation may go on. */
export async function requireBudget(jobId: string): Promise<void> {
  const ofRun = and(eq(ledgerEntries.jobId, jobs.id), eq(ledgerEntries.run, jobs.retryCount));
  const [row] = await db()
    .select({ job: jobs, reserved: ledgerEntries.reserved })
    .from(jobs)
    .innerJoin(ledgerEntries, and(ofRun, eq(ledgerEntries.kind, 'reserve')))
    .where(eq(jobs.id, jobId));
  if (!row?.reserved) return;
  const used = priceTokens(row.job.geminiModel, row.job.modelTokens - row.job.tokensBeforeRun);
  if (used >= row.reserved * BUDGET_FACTOR) throw new AppError('MODEL_BUDGET_SPENT');
}
