import { chunks, jobs, novels } from '@/db/schema';
import { reserveCredits } from '@/lib/credits/ledger';
import { nameJob } from '@/lib/idempotency/under-key';
import { newId } from '@/lib/ids';
import { noteInLog } from '@/lib/log';
import type { ChosenSettings } from './chosen-settings';
import type { RunEstimate } from './estimate-run';
import { type JobStart, startOf } from './job-start';
import type { Transaction } from './lock-job';
import { planChunks } from './plan-chunks';

export interface NewJobRows {
  userId: string;
  novel: { name: string; sha256: string; bytes: number; pages: number; storageKey: string | null };
  /** Where the novel has its row already. */
  novelId?: string;
  settings: ChosenSettings;
  estimate: RunEstimate;
  /** For a confirmed job, whose file is still to come. */
  fileDueAt?: Date;
}

/** Writes novel, job and chunks, and puts the run's credits aside. */
export async function insertJob(tx: Transaction, rows: NewJobRows): Promise<JobStart> {
  const { userId, novel, settings, estimate, fileDueAt } = rows;
  const plan = planChunks(novel.pages);
  const novelId = rows.novelId ?? newId();
  const jobId = newId();
  noteInLog({ jobId });
  await reserveCredits(tx, { userId, jobId, run: 0 }, estimate.credits);
  const job = {
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
  };
  // One message to the database.
  await Promise.all([
    rows.novelId === undefined ? tx.insert(novels).values({ id: novelId, userId, ...novel }) : undefined,
    tx.insert(jobs).values(job),
    tx.insert(chunks).values(plan.chunks.map((chunk) => ({ ...chunk, jobId }))),
  ]);
  const [start] = await Promise.all([startOf(tx, jobId), nameJob(tx, jobId)]);
  return start;
}
