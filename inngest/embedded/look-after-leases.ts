import type { Sql } from './database';
import { findOverdue, reclaimLeases, renewLeases } from './keep-alive';

const SWEEP_MS = 5000;
/** A killed predecessor's session may outlive it by a moment; a database that was killed with it, by one more. */
const EARLY_MS = [500, 2500];

interface Care {
  control: Sql;
  engine: number;
  leaseMs: number;
  queue: { tokens(): string[]; abandon(asked: string[], held: Set<string>): void };
  wake(table: 'events' | 'jobs' | 'timers'): void;
  onError(error: unknown): void;
}

/** Keeps the leases of this engine alive, takes those of dead ones, and makes up for what was not announced. */
export async function lookAfterLeases({ control, engine, leaseMs, queue, wake, onError }: Care) {
  let suspects: string[] = [];

  async function renew(): Promise<void> {
    const tokens = queue.tokens();
    queue.abandon(tokens, await renewLeases(control, engine, tokens, leaseMs));
  }
  async function sweep(): Promise<void> {
    await reclaimLeases(control, { engine, tokens: queue.tokens() }, suspects);
    const found = await findOverdue(control, { engine, tokens: queue.tokens() });
    suspects = found.suspects;
    for (const table of ['events', 'jobs', 'timers'] as const) if (found[table]) wake(table);
  }

  await sweep();
  const intervals = [
    setInterval(() => renew().catch(onError), leaseMs / 3),
    setInterval(() => sweep().catch(onError), Math.min(SWEEP_MS, leaseMs / 2)),
  ];
  const early = EARLY_MS.map((ms) => setTimeout(() => sweep().catch(onError), ms));
  const stop = () => {
    for (const interval of intervals) clearInterval(interval);
    for (const timer of early) clearTimeout(timer);
  };
  return { renew, stop };
}
