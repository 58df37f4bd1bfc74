import { randomUUID } from 'node:crypto';
import { callFunction, prepareCall } from './call-function';
import type { Databases } from './database';
import type { Log } from './engine-options';
import { type Lease, leaseJobs } from './lease-jobs';
import type { Client } from './post-json';
import { failure, readAnswer } from './read-answer';
import { type NetworkTrouble, settleLease } from './settle-lease';

interface WorkOptions {
  leaseMs: number;
  maxRequests?: number | undefined;
  signingKey: string | undefined;
  retryIntervalMs?: number | undefined;
  log: Log;
}

const NEVER_ARRIVED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'EAI_AGAIN']);

const troubleOf = (error: unknown): NetworkTrouble =>
  error instanceof Error && 'code' in error && NEVER_ARRIVED.has(String(error.code))
    ? { kind: 'unreachable' }
    : { kind: 'lost' };

/** Takes leases as long as there is room, and turns each into one request to the app and its consequences. */
export function createWorkQueue(databases: Databases, client: Client, engine: number, options: WorkOptions) {
  const { log, maxRequests = 100 } = options;
  let onRoom: (() => void) | undefined;
  let draining = false;
  const active = new Map<string, { abort: AbortController; done: Promise<void> }>();

  function logError(message: string, { runId, stepId }: Lease, error: unknown): void {
    log('error', message, { run: runId, step: stepId, error: error instanceof Error ? error.message : 'unknown' });
  }

  async function execute(lease: Lease, signal: AbortSignal): Promise<void> {
    const call = await prepareCall(databases.durable, lease);
    if (!call) return;
    const began = performance.now();
    const outcome = await callFunction(client, call, lease, options.signingKey, signal).then(readAnswer, troubleOf);
    if (signal.aborted) return;
    const heir = draining ? undefined : { engine, token: randomUUID(), leaseMs: options.leaseMs };
    const terms = { ...call, retryIntervalMs: options.retryIntervalMs, heir };
    const next = await settleLease(databases.durable, lease, outcome, terms).catch(async (error: unknown) => {
      logError('an answer could not be stored', lease, error);
      // What cannot be stored now never can: that is an attempt like any other. Failing this, the lease runs out.
      return settleLease(databases.durable, lease, failure('the engine could not store the answer'), terms);
    });
    if (next) begin(next);
    const ms = Math.round(performance.now() - began);
    const failed = outcome.kind !== 'ops' && outcome.kind !== 'returned';
    log(failed ? 'warn' : 'info', 'called', {
      fn: call.fn,
      run: lease.runId,
      step: lease.stepId,
      attempt: lease.attempt,
      outcome: outcome.kind,
      ms,
    });
  }

  function begin(lease: Lease): void {
    const abort = new AbortController();
    const done = execute(lease, abort.signal)
      .catch((error: unknown) => logError('a request could not be settled', lease, error))
      .finally(() => {
        const full = active.size >= maxRequests;
        active.delete(lease.token);
        if (full) onRoom?.();
      });
    active.set(lease.token, { abort, done });
  }

  async function take(): Promise<number | undefined> {
    const room = maxRequests - active.size;
    const { leases, nextMs } = await leaseJobs(databases.control, engine, room, options.leaseMs);
    leases.forEach(begin);
    return nextMs;
  }

  const tokens = () => [...active.keys()];

  /** Stops work under those of the leases `asked` about that another engine took over. */
  function abandon(asked: string[], held: Set<string>): void {
    for (const token of asked) if (!held.has(token)) active.get(token)?.abort.abort();
  }

  /** Lets requests end by themselves for `graceMs`, then leaves them. */
  async function drain(graceMs: number): Promise<void> {
    draining = true;
    const all = Promise.all([...active.values()].map(({ done }) => done));
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([all, new Promise((resolve) => (timer = setTimeout(resolve, graceMs)))]);
    clearTimeout(timer);
    abandon(tokens(), new Set());
    await all;
  }

  return {
    take,
    abandon,
    tokens,
    drain,
    onRoom(listener: () => void) {
      onRoom = listener;
    },
  };
}
