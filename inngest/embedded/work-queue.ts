import { setTimeout as sleep } from 'node:timers/promises';
import type { Sql } from './database';
import { createExecutor, type ExecuteOptions } from './execute-lease';
import { type Lease, leaseJobs } from './lease-jobs';

interface WorkOptions extends ExecuteOptions {
  control: Sql;
  maxRequests?: number | undefined;
}

/** Takes leases as long as there is room, and works on each. */
export function createWorkQueue(options: WorkOptions) {
  const { control, engine, leaseMs, log, maxRequests = 100 } = options;
  const execute = createExecutor(options);
  let onRoom: (() => void) | undefined;
  let draining = false;
  const active = new Map<string, { abort: AbortController; done: Promise<void> }>();

  function begin(lease: Lease): void {
    const abort = new AbortController();
    const work = async () => {
      try {
        const next = await execute(lease, abort.signal, () => !draining);
        if (next) begin(next);
      } catch (error) {
        const { runId: run, stepId: step } = lease;
        const why = error instanceof Error ? error.message : 'unknown';
        log('error', 'a request could not be settled', { run, step, error: why });
      }
      const full = active.size >= maxRequests;
      active.delete(lease.token);
      if (full) onRoom?.();
    };
    active.set(lease.token, { abort, done: work() });
  }

  async function take(): Promise<number | undefined> {
    const { leases, nextMs } = await leaseJobs(control, engine, maxRequests - active.size, leaseMs);
    leases.forEach(begin);
    return nextMs;
  }

  const tokens = () => [...active.keys()];

  /** Stops work under those of the leases `asked` about that another engine took over. */
  function abandon(asked: string[], held: Set<string>): void {
    for (const token of asked) if (!held.has(token)) active.get(token)?.abort.abort();
  }

  /** Lets requests end by themselves for `graceMs`, then leaves them; as long again for what is being stored. */
  async function drain(graceMs: number): Promise<void> {
    draining = true;
    const all = Promise.all([...active.values()].map(({ done }) => done));
    await Promise.race([all, sleep(graceMs)]);
    abandon(tokens(), new Set());
    await Promise.race([all, sleep(graceMs)]);
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
