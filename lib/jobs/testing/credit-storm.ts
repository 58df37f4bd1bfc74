import { eq, sql } from 'drizzle-orm';
import { db } from '@/db/client';
import { jobs, ledgerEntries, sentences } from '@/db/schema';
import { longText } from '@/db/testing/factories';
import { PAID_SETTINGS } from '@/db/testing/new-quote';
import { createRandom, type Random } from '@/e2e/support/novel-random';
import { isAppError } from '@/lib/errors';
import { beginChunk } from '@/lib/jobs/begin-chunk';
import { cancelJob } from '@/lib/jobs/cancel-job';
import { deleteJob } from '@/lib/jobs/delete-job';
import { endChunk } from '@/lib/jobs/end-chunk';
import { failJob } from '@/lib/jobs/fail-job';
import { finishJob } from '@/lib/jobs/finish-job';
import { insertJob } from '@/lib/jobs/insert-job';
import type { Transaction } from '@/lib/jobs/lock-job';
import { retryJob } from '@/lib/jobs/retry-job';
import { settleSentences } from '@/lib/jobs/settle-sentences';
import { startJob } from '@/lib/jobs/start-job';
import type { Rewrite } from '@/lib/rewrite/engine';

/** What is left wrong after a storm; all empty when the books are right. */
export interface StormFindings {
  unbalanced: unknown[];
  overdrawn: unknown[];
  open: unknown[];
  mischarged: unknown[];
}

export interface StormPlan {
  seed: number;
  interleavings: number;
  userIds: readonly [string, ...string[]];
  /** Interleavings at a time. */
  lanes: number;
}

/** Refused, or the crash that we made: both are answers here. Anything else is a fault of the product. */
const EXPECTED = [
  'INSUFFICIENT_CREDITS',
  'CREDIT_LIMIT_REACHED',
  'JOB_STATE_CONFLICT',
  'NOT_FOUND',
  'ACCOUNTING_MISMATCH',
];
class Crash extends Error {}

async function allowed(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof Crash || (isAppError(error) && EXPECTED.includes(error.code))) return;
    throw error;
  }
}

/**
 * Runs jobs of several readers through starts, late and repeated usage, finishes, failures, cancels, retries and
 * deletions in random order and side by side. A crash is a transaction that is lost or a step that is done twice.
 */
export async function creditStorm({ seed, interleavings, userIds, lanes }: StormPlan): Promise<StormFindings> {
  let begun = 0;
  const lane = async () => {
    while (begun < interleavings) {
      begun += 1;
      const random = createRandom(seed + begun);
      await interleave(random, random.pick(userIds));
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return audit();
}

async function interleave(random: Random, userId: string): Promise<void> {
  const jobId = await beginJob(random, userId);
  if (!jobId) return;
  const acts = actsOf(random, userId, jobId);
  const rounds = random.between(2, 4);
  for (let round = 0; round < rounds; round += 1) {
    const together = Array.from({ length: random.between(1, 3) }, () => random.pick(acts));
    const repeated = random.chance(0.3) ? together.slice(0, 1) : [];
    await Promise.all([...together, ...repeated].map(allowed));
  }
  await allowed(() => cancelJob(userId, jobId, 'the end of the storm'));
  // The answer of a call that was under way comes in after everything is over.
  if (random.chance(0.3))
    await settleSentences({ jobId, index: 0, run: 0 }, [], { calls: 1, tokens: random.between(0, 5000) });
}

/** Undefined when there were too few credits. */
async function beginJob(random: Random, userId: string): Promise<string | undefined> {
  const credits = random.between(0, 400);
  const novel = { name: 'storm.pdf', sha256: 'a'.repeat(64), bytes: 1000, pages: 1, storageKey: 'storm.pdf' };
  const rows = { userId, novel, settings: PAID_SETTINGS, estimate: { tokens: credits * 300, credits, cached: 0 } };
  const create = (isLost: boolean) =>
    db().transaction(async (tx) => {
      const { jobId } = await insertJob(tx, rows);
      await addSentence(tx, jobId);
      if (isLost) throw new Crash();
      return jobId;
    });
  if (random.chance(0.1)) await allowed(() => create(true));
  let jobId: string | undefined;
  await allowed(async () => {
    jobId = await create(false);
  });
  return jobId;
}

async function addSentence(tx: Transaction, jobId: string): Promise<void> {
  const place = { jobId, position: 0, chunkIndex: 0, pageStart: 1, pageEnd: 1, paragraph: 0 };
  await tx.insert(sentences).values({ ...place, kind: 'narration', original: longText(0), status: 'pending' });
  await tx.update(jobs).set({ sentencesTotal: 1 }).where(eq(jobs.id, jobId));
}

type Act = () => Promise<unknown>;

function actsOf(random: Random, userId: string, jobId: string): [Act, ...Act[]] {
  const start = () => startJob(jobId);
  // By the run that has the job, or by one of before or to come.
  const use = () => {
    const part = { jobId, index: 0, run: random.between(0, 2) };
    return settleSentences(part, [], { calls: 1, tokens: random.between(0, 100_000) });
  };
  const cancel = () => cancelJob(userId, jobId, 'a reader');
  const fail = () => failJob(jobId, 'INTERNAL', 'storm');
  const retry = () => retryJob(userId, jobId, {});
  const remove = () => (random.chance(0.2) ? deleteJob(userId, jobId) : Promise.resolve());
  const finish = async () => {
    const kept: Rewrite = { position: 0, status: 'kept', rewrites: [longText(0)], method: 'kept', flags: [] };
    const begun = await beginChunk(jobId, 0);
    const run = typeof begun === 'object' ? begun.job.retryCount : 0;
    await settleSentences({ jobId, index: 0, run }, [kept], { calls: 1, tokens: 700 });
    await endChunk(jobId, 0);
    await finishJob(jobId);
  };
  return [start, start, use, use, finish, finish, cancel, fail, retry, retry, remove];
}

async function audit(): Promise<StormFindings> {
  const [unbalanced, overdrawn, open, mischarged] = await Promise.all([
    db().execute(sql`
      select user_id, month, sum(amount) as balance,
        sum(amount) filter (where kind in ('grant', 'adjustment')) as given, coalesce(sum(used), 0) as settled
      from ${ledgerEntries} group by user_id, month
      having sum(amount) <> coalesce(sum(amount) filter (where kind in ('grant', 'adjustment')), 0) - coalesce(sum(used), 0)`),
    db().execute(sql`
      select user_id, month, id, running from (
        select *, sum(amount) over (partition by user_id, month order by id) as running from ${ledgerEntries}) entries
      where running < 0`),
    db().execute(sql`
      select job_id, run from ${ledgerEntries} opening where kind = 'reserve' and not exists (
        select 1 from ${ledgerEntries} closing
        where closing.job_id = opening.job_id and closing.run = opening.run and closing.kind in ('settle', 'release'))`),
    db().execute(sql`
      select jobs.id, jobs.actual_credits, jobs.reserved_credits from ${jobs}
      left join ${ledgerEntries} on ledger_entries.job_id = jobs.id
      group by jobs.id
      having jobs.actual_credits <> coalesce(sum(used), 0)
        or jobs.reserved_credits <> coalesce(sum(reserved) filter (where kind = 'reserve'), 0)`),
  ]);
  return { unbalanced, overdrawn, open, mischarged };
}
