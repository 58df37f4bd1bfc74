import { and, eq } from 'drizzle-orm';
import { db } from '@/db/client';
import { jobs, ledgerEntries } from '@/db/schema';
import { priceTokens } from '@/lib/credits/price';
import { AppError } from '@/lib/errors';
import { isRunOf } from './start-job';

/**
 * As if every sentence went up the whole ladder, and some for the search of blocked sentences, which asks for ever smaller
 * parts of a batch. Beyond that, a model goes astray at our expense, not at the reader's.
 */
const BUDGET_FACTOR = 3;
const SEARCH_TOKENS = 100_000;

/**
 * Whether the job is still processed, by this run. Throws MODEL_BUDGET_SPENT when the run has used far more than was
 * reserved for it; one without a reservation may go on, unless it has none because all was to come from earlier jobs.
 */
export async function mayCallModel(jobId: string, runId: string | undefined): Promise<boolean> {
  const ofRun = and(eq(ledgerEntries.jobId, jobs.id), eq(ledgerEntries.run, jobs.retryCount));
  const [row] = await db()
    .select({ job: jobs, reserved: ledgerEntries.reserved })
    .from(jobs)
    .leftJoin(ledgerEntries, and(ofRun, eq(ledgerEntries.kind, 'reserve')))
    .where(eq(jobs.id, jobId));
  if (!row || !isRunOf(row.job, runId)) return false;
  if (!row.reserved) {
    if (row.job.sentencesCached > 0) throw new AppError('MODEL_BUDGET_SPENT');
    return true;
  }
  const { geminiModel, modelTokens, tokensBeforeRun } = row.job;
  const used = priceTokens(geminiModel, modelTokens - tokensBeforeRun);
  const budget = row.reserved * BUDGET_FACTOR + priceTokens(geminiModel, SEARCH_TOKENS);
  if (used >= budget) throw new AppError('MODEL_BUDGET_SPENT');
  return true;
}
