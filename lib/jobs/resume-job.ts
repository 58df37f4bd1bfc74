import { and, eq, inArray } from 'drizzle-orm';
import { db } from '@/db/client';
import { chunks, jobs } from '@/db/schema';
import { failChunk } from './fail-chunk';
import type { JobStart } from './job-start';
import { listWaitingJobs } from './list-waiting-jobs';
import { requeueRun } from './requeue-stalled-jobs';
import type { Claim } from './start-job';

/** A step whose process dies each time it is tried says nothing about the others, nor much about itself. */
const MOST_RESUMES = 3;

/**
 * For a run that the engine gave up, not we: what is done stays, and a new run goes on with the rest. When that has not
 * helped three times, the last one is only to end the job: what is still open becomes a gap. Undefined when there is
 * nothing to go on with, since the novel is not read yet or the job is not this run's, or it has been ended in vain.
 */
export async function resumeJob(jobId: string, claim: Claim, resumed: number): Promise<JobStart | undefined> {
  if (resumed > MOST_RESUMES) return undefined;
  const isMine = and(eq(jobs.id, jobId), eq(jobs.runId, claim.runId), eq(jobs.retryCount, claim.run));
  const [job] = await db().select().from(jobs).where(isMine);
  if (!job || job.sentencesTotal === 0) return undefined;
  if (resumed === MOST_RESUMES) await giveUpOpen(jobId, claim.runId);
  const [start] = (await requeueRun(jobId, claim)) ? await listWaitingJobs(0, eq(jobs.id, jobId)) : [];
  return start && { ...start, resumed: resumed + 1 };
}

async function giveUpOpen(jobId: string, runId: string) {
  const open = await db()
    .select({ index: chunks.index })
    .from(chunks)
    .where(and(eq(chunks.jobId, jobId), inArray(chunks.status, ['pending', 'processing'])));
  for (const { index } of open)
    await failChunk(jobId, index, 'INTERNAL', 'This part was interrupted each time.', runId);
}
