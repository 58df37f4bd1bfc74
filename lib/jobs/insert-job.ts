import { chunks, jobs, novels } from '@/db/schema';
import { reserveCredits } from '@/lib/credits/ledger';
import { newId } from '@/lib/ids';
import { noteInLog } from '@/lib/log';
import type { ChosenSettings } from './chosen-settings';
import type { RunEstimate } from './estimate-run';
import type { CachedRewrites } from './find-cached';
import { type JobStart, startOf } from './job-start';
import type { Transaction } from './lock-job';
import { planChunks } from './plan-chunks';
import { countRows, insertSentences, type ReadNovel, toRows } from './sentence-rows';

export interface NewJobRows {
  userId: string;
  novel: { name: string; sha256: string; bytes: number; pages: number; storageKey: string | null };
  /** Where the novel has its row already. */
  novelId?: string;
  settings: ChosenSettings;
  estimate: RunEstimate;
  /** Where it had to be read for its price; it need not be read again. */
  read?: ReadNovel | undefined;
  /** What earlier jobs have of it. */
  rewrites?: CachedRewrites | undefined;
  /** For a confirmed job, whose file is still to come. */
  fileDueAt?: Date;
}

/** Writes novel, job and chunks, the sentences if they have been read, and puts the run's credits aside. */
export async function insertJob(tx: Transaction, rows: NewJobRows): Promise<JobStart> {
  const { userId, novel, settings, estimate, read, rewrites = new Map(), fileDueAt } = rows;
  const plan = planChunks(novel.pages);
  const novelId = rows.novelId ?? newId();
  const jobId = newId();
  noteInLog({ jobId });
  await reserveCredits(tx, { userId, jobId, run: 0 }, estimate.credits);
  if (rows.novelId === undefined) await tx.insert(novels).values({ id: novelId, userId, ...novel });
  const sentences = read ? toRows(read, plan.chunks, settings, rewrites) : [];
  await tx.insert(jobs).values({
    id: jobId,
    userId,
    novelId,
    ...settings,
    workers: plan.workers,
    totalChunks: plan.chunks.length,
    estimatedTokens: estimate.tokens,
    estimatedCredits: estimate.credits,
    reservedCredits: estimate.credits,
    sentencesCached: estimate.cached,
    fileDueAt: fileDueAt ?? null,
    ...(read && countRows(read, sentences)),
  });
  await tx.insert(chunks).values(plan.chunks.map((chunk) => ({ ...chunk, jobId })));
  if (sentences.length > 0) await insertSentences(tx, jobId, sentences);
  return startOf(tx, jobId);
}
