import { randomUUID } from 'node:crypto';
import { isDatabaseAway, persist } from '@/db/persist';
import { type Call, callFunction, prepareCall } from './call-function';
import type { Sql } from './database';
import type { Log } from './engine-options';
import type { Lease } from './lease-jobs';
import { type Client, UselessAnswer } from './post-json';
import { type Failure, failure, type Outcome, readAnswer } from './read-answer';
import { dropRun, type NetworkTrouble, settleLease } from './settle-lease';

export interface ExecuteOptions {
  sql: Sql;
  client: Client;
  engine: number;
  leaseMs: number;
  signingKey: string | undefined;
  retryIntervalMs?: number | undefined;
  log: Log;
}

/** Of a run that cannot be read. */
const UNKNOWN = { maxAttempts: 5, known: [], pending: 0 };

const NEVER_ARRIVED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'EAI_AGAIN']);

function troubleOf(error: unknown): NetworkTrouble | Failure {
  if (error instanceof UselessAnswer) return failure(error.message);
  const neverArrived = error instanceof Error && 'code' in error && NEVER_ARRIVED.has(String(error.code));
  return { kind: neverArrived ? 'unreachable' : 'lost' };
}

/** Makes executors: each turns a lease into one request to the app and its consequences. */
export function createExecutor({ sql, client, engine, leaseMs, signingKey, retryIntervalMs, log }: ExecuteOptions) {
  /** Passing troubles of the database are left to the lease: it runs out. */
  function logLasting(message: string, { runId, stepId }: Lease, error: unknown): void {
    if (isDatabaseAway(error)) throw error;
    log('error', message, { run: runId, step: stepId, error: error instanceof Error ? error.message : 'unknown' });
  }

  /** A run that makes the engine throw, each time, fails in the end like one whose app throws; others are not held up. */
  async function prepare(lease: Lease): Promise<Call | Failure | undefined> {
    try {
      return await persist(() => prepareCall(sql, lease));
    } catch (error) {
      logLasting('a request could not be made', lease, error);
      return failure('the engine could not make the request');
    }
  }

  async function settle(lease: Lease, outcome: Outcome | NetworkTrouble, call: Call | undefined, mayInherit: boolean) {
    const heir = mayInherit ? { engine, token: randomUUID(), leaseMs } : undefined;
    const terms = { ...(call ?? UNKNOWN), retryIntervalMs, heir };
    try {
      return await settleLease(sql, lease, outcome, terms);
    } catch (error) {
      logLasting('an answer could not be stored', lease, error);
    }
    try {
      // What cannot be stored now never can: that is an attempt like any other.
      return await settleLease(sql, lease, failure('the engine could not store the answer'), terms);
    } catch (error) {
      logLasting('the end of a run could not be told', lease, error);
      return dropRun(sql, lease);
    }
  }

  /** Answers the lease of the next request of the run, if it got one at once. */
  return async (lease: Lease, signal: AbortSignal, mayInherit: () => boolean): Promise<Lease | undefined> => {
    const prepared = await prepare(lease);
    if (!prepared) return undefined;
    const began = performance.now();
    const call = 'url' in prepared ? prepared : undefined;
    const outcome =
      'url' in prepared
        ? await callFunction(client, prepared, lease, signingKey, signal).then(readAnswer, troubleOf)
        : prepared;
    if (signal.aborted) return undefined;
    const next = await settle(lease, outcome, call, mayInherit());
    const failed = outcome.kind !== 'ops' && outcome.kind !== 'returned';
    log(failed ? 'warn' : 'info', 'called', {
      fn: call?.fn,
      run: lease.runId,
      step: lease.stepId,
      attempt: lease.attempt,
      outcome: outcome.kind,
      ms: Math.round(performance.now() - began),
    });
    return next;
  };
}
