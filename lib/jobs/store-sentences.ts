import { setTimeout as sleep } from 'node:timers/promises';
import { eq, sql, TransactionRollbackError } from 'drizzle-orm';
import { db } from '@/db/client';
import { persist } from '@/db/persist';
import { jobs } from '@/db/schema';
import { log } from '@/lib/log';
import type { JobRun } from './job-start';
import { holdJob, lockJob } from './lock-job';
import type { JobRow } from './present-job';
import { countInChunks, countRows, insertSentences, type NewSentence, type ReadNovel } from './sentence-rows';
import { isTerminal } from './status';
import { workAlone } from './work-alone';

/**
 * Writes the sentences of a job that has none yet, unless they are not wanted any more. They were decided about by the
 * settings of one run: a retry meanwhile may have others, and reads the novel again.
 */
export async function storeSentences(
  { jobId, run }: JobRun,
  novel: ReadNovel,
  rows: NewSentence[],
  isWanted: (job: JobRow) => boolean,
): Promise<void> {
  const ofRun = (job: JobRow | undefined): job is JobRow => job?.retryCount === run;
  const storing = db().transaction(async (tx) => {
    // One at a time: whoever comes second finds them there.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`store ${jobId}`}, 0))`);
    // A delete locks the job before its chunks; without the hold, this would lock them the other way round.
    const held = await holdJob(tx, jobId);
    if (!ofRun(held) || held.sentencesTotal > 0 || !isWanted(held)) return;
    await insertSentences(tx, jobId, rows);
    // Locked only now, so that a cancel does not wait for the rows. A job that was stopped meanwhile keeps its text.
    const now = await lockJob(tx, jobId);
    if (!ofRun(now)) return tx.rollback();
    await countInChunks(tx, jobId);
    await tx
      .update(jobs)
      .set({
        ...(now.status === 'processing' && { step: 'rewriting' }),
        ...countRows(novel, rows),
      })
      .where(eq(jobs.id, jobId));
  });
  await storing.catch((error: unknown) => {
    if (!(error instanceof TransactionRollbackError)) throw error;
  });
}

/** Nobody else reads the novel of this job meanwhile. */
export const splitName = (jobId: string): string => `split ${jobId}`;

/** By then the first chunks have begun: to store a novel takes the database, and a core, from whoever wants to name them. */
const HEAD_START_MS = 250;

const ahead = new Map<string, { rows: NewSentence[]; stored: Promise<void> }>();

/**
 * Stores what was read of a novel for its price while the engine is told of its job, whose first chunks begin meanwhile.
 * Should it come to nothing, they read the novel again.
 */
export function storeAhead(jobId: string, novel: ReadNovel, rows: NewSentence[]): void {
  const isWanted = (job: JobRow) => !isTerminal(job.status);
  const store = async () => {
    await sleep(HEAD_START_MS);
    await persist(() => storeSentences({ jobId, run: 0 }, novel, rows, isWanted));
  };
  // By the lock, other processes know from the start that it is under way.
  const stored = workAlone(splitName(jobId), () => Promise.resolve(false), store)
    .catch((error: unknown) => log.warn({ jobId, err: error }, 'the novel will be read again'))
    .finally(() => ahead.delete(jobId));
  ahead.set(jobId, { rows, stored });
}

/** The sentences of the job's first run, while they are being stored. */
export const rowsAhead = (jobId: string): NewSentence[] | undefined => ahead.get(jobId)?.rows;

/** Done when nothing is being stored ahead for this job. */
export const storedAhead = async (jobId: string): Promise<void> => ahead.get(jobId)?.stored;
