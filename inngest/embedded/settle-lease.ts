import { persist } from '@/db/persist';
import { applyOps } from './apply-ops';
import { steadyNow } from './clock';
import { json, type Sql, type Tx, transact } from './database';
import type { Lease } from './lease-jobs';
import { type Failure, failure, type Outcome } from './read-answer';
import { retryDelayMs } from './retry-delay';
import { endRun, type Heir, type LockedRun } from './run-state';

const MAX_STEPS = 1000;
const MAX_STEP_BYTES = 4 * 1024 * 1024;

/** How a network error reads: the app never heard of the request, or was lost while it worked on it. */
export type NetworkTrouble = { kind: 'unreachable' } | { kind: 'lost' };

interface Terms {
  maxAttempts: number;
  retryIntervalMs: number | undefined;
  /** The steps that there were when the request was made, and how many of them were pending. */
  known: string[];
  pending: number;
  /** For the next request of the run, if nobody else waits for the slot. */
  heir: Heir | undefined;
}

interface Retry {
  attempt: number;
  delayMs: number;
  /** Why. */
  error: unknown;
}

/** Gives the job back for a later try; a lease that is no longer held changes nothing. */
async function retryLater(sql: Sql, { token }: Lease, retry: Retry): Promise<undefined> {
  await persist(
    () => sql`
      update jobs set engine = null, token = null, lease_until = null, unreachable_since = null,
        attempt = ${retry.attempt}, run_at = ${steadyNow(sql)} + ${retry.delayMs} * interval '1 ms', error = ${json(retry.error)}::text::json
      where token = ${token}`,
  );
}

/** For a minute an app that is not there, as during its restart, costs no attempt. Answers false after that. */
async function waitForApp(sql: Sql, { token }: Lease): Promise<boolean> {
  const now = steadyNow(sql);
  const [waiting] = await persist(
    () => sql`
      update jobs set engine = null, token = null, lease_until = null, run_at = ${now} + interval '1 second',
        unreachable_since = coalesce(unreachable_since, ${now})
      where token = ${token} and coalesce(unreachable_since, ${now}) > ${now} - interval '1 minute'
      returning token`,
  );
  return waiting !== undefined;
}

/** Runs `work` under the lock of the run, with the job taken off the queue: both or nothing. */
async function finishLease<T>(sql: Sql, lease: Lease, work: (tx: Tx, run: LockedRun) => Promise<T>) {
  return transact(sql, async (tx) => {
    const [run] = await tx<(LockedRun & { again: boolean })[]>`
      with run as materialized (
        select id, fn, version, score, slot_keys, slot_limits from runs
        where id = ${lease.runId} and status = 'Running' for update
      )
      delete from jobs using run where token = ${lease.token}
      returning run.id, run.fn, run.version, run.score, run.slot_keys, run.slot_limits, again`;
    if (!run) return undefined;
    if (run.again) {
      await tx`
        insert into jobs (run_id, step_id, run_at, score, slot_keys, slot_limits)
        values (${run.id}, 'step', ${steadyNow(tx)}, ${run.score}, ${run.slot_keys}, ${run.slot_limits})`;
    }
    return work(tx, run);
  });
}

async function settleFailure(sql: Sql, lease: Lease, failed: Failure, terms: Terms): Promise<undefined> {
  const { error, retryable, retryAfterMs } = failed;
  const next = lease.attempt + 1;
  if (retryable && next < terms.maxAttempts) {
    const delayMs = retryAfterMs ?? retryDelayMs(lease.attempt, terms.retryIntervalMs);
    await retryLater(sql, lease, { attempt: next, delayMs, error });
    return;
  }
  const told = { error: error.name, ...error };
  await finishLease(sql, lease, (tx, run) => endRun(tx, run, { status: 'Failed', error: told, attempts: next }));
}

/** An answer that would leave the run without anything to wait for counts as a failed attempt. */
function objection({ stepId }: Lease, { ops }: Outcome & { kind: 'ops' }, terms: Terms): Failure | undefined {
  if (!ops.length && !terms.pending) return failure('the app had nothing to do, and did not end');
  const steps = ops.filter(({ op }) => op !== 'RunComplete').map(({ id }) => id);
  if (new Set([...terms.known, ...steps]).size > MAX_STEPS) {
    return failure(`InngestErrFunctionOverflowed: a run may have ${MAX_STEPS} steps`, false);
  }
  if (ops.some(({ data }) => Buffer.byteLength(json(data)) > MAX_STEP_BYTES)) {
    return failure('step output size is greater than the limit');
  }
  const ends = ops.some(({ id, op }) => op === 'RunComplete' || id === stepId);
  return stepId !== 'step' && !ends ? failure('the app did not run the step it was asked for') : undefined;
}

/** Whether it was done and only the news of it was lost with the connection. */
async function isLeased(sql: Sql, token: string): Promise<boolean> {
  const found = await persist(() => sql`select from jobs where token = ${token}`);
  return found.length > 0;
}

async function settleOps(
  sql: Sql,
  lease: Lease,
  outcome: Outcome & { kind: 'ops' },
  terms: Terms,
): Promise<Lease | undefined> {
  const objected = objection(lease, outcome, terms);
  if (objected) return settleFailure(sql, lease, objected, terms);
  const { ops, version, noRetry, retryAfterMs } = outcome;
  const failed = ops.find(({ op }) => op === 'StepError');
  if (failed && !noRetry && lease.attempt + 1 < terms.maxAttempts) {
    const delayMs = retryAfterMs ?? retryDelayMs(lease.attempt, terms.retryIntervalMs);
    return retryLater(sql, lease, { attempt: lease.attempt + 1, delayMs, error: failed.error });
  }
  const answered = { ops, attempts: lease.attempt + 1, optimised: version !== 1 };
  const inherited = await finishLease(sql, lease, async (tx, run) => {
    if (version && version !== run.version) await tx`update runs set version = ${version} where id = ${run.id}`;
    return applyOps(tx, run, answered, terms.heir);
  });
  return terms.heir && (inherited ?? (await isLeased(sql, terms.heir.token)))
    ? { runId: lease.runId, stepId: 'step', attempt: 0, token: terms.heir.token }
    : undefined;
}

/**
 * Turns what came of a request into the state of the run, once; an answer under a lost lease is dropped.
 * Answers the lease of the next request, if it can be made at once.
 */
export async function settleLease(
  sql: Sql,
  lease: Lease,
  outcome: Outcome | NetworkTrouble,
  terms: Terms,
): Promise<Lease | undefined> {
  switch (outcome.kind) {
    case 'ops':
      return settleOps(sql, lease, outcome, terms);
    case 'returned':
      await finishLease(sql, lease, (tx, run) => endRun(tx, run, { status: 'Completed', output: outcome.value }));
      return undefined;
    case 'failed':
      return settleFailure(sql, lease, outcome, terms);
    case 'unreachable': {
      const waiting = await waitForApp(sql, lease);
      return waiting ? undefined : settleFailure(sql, lease, failure('the app cannot be reached'), terms);
    }
    case 'lost': {
      // An app that died comes back soon or not at all; Inngest's table is meant for apps that answered.
      const delay = Math.min(terms.retryIntervalMs ?? Number.POSITIVE_INFINITY, 1000 * 2 ** lease.attempt);
      const lost = { ...failure('the app went away without an answer'), retryAfterMs: delay };
      return settleFailure(sql, lease, lost, terms);
    }
  }
}

/** The last resort, for a run whose end cannot be told to anybody: it no longer takes a slot from others. */
export async function dropRun(sql: Sql, { runId, token }: Lease): Promise<undefined> {
  const error = json({ name: 'EngineError', message: 'the engine could not end the run' });
  await transact(sql, async (tx) => {
    await tx`
      update runs set status = 'Failed', ended_at = now(), error = ${error}::text::json
      where id = ${runId} and status = 'Running' and exists (select from jobs where token = ${token})`;
    for (const table of ['jobs', 'timers', 'pauses'])
      await tx`
        delete from ${tx(table)} where run_id in (select id from runs where id = ${runId} and status <> 'Running')`;
  });
}
