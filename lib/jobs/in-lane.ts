import { setTimeout as sleep } from 'node:timers/promises';
import { session } from '@/db/client';
import { log } from '@/lib/log';

const ASK_AGAIN_MS = 250;

/** A session is given its own locks again. */
const heldHere = new Set<number>();
let taking: Promise<unknown> = Promise.resolve();

/**
 * Does `work` while at most `lanes` on this database do theirs, whether the engine has started them or not. Rejects when
 * `signal` aborts the waiting. As with `workAlone`, a killed process holds no lane.
 */
export async function inLane<T>(lanes: number, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  let lane = await takeInTurn(lanes);
  while (lane === undefined) {
    await sleep(ASK_AGAIN_MS, undefined, { signal });
    lane = await takeInTurn(lanes);
  }
  try {
    return await work();
  } finally {
    heldHere.delete(lane);
    letGo(lane).catch((error: unknown) => log.warn({ err: error }, 'a lane went with its session'));
  }
}

/** One after another here: which lanes are ours must be known. */
function takeInTurn(lanes: number): Promise<number | undefined> {
  const taken = taking.then(() => take(lanes));
  taking = taken.catch(() => undefined);
  return taken;
}

async function take(lanes: number): Promise<number | undefined> {
  // `offset 0` keeps apart what is asked and what is locked, so that one lane is locked and no more.
  const [row] = await session()<{ lane: number }[]>`
    select lane from (select lane from generate_series(1, ${lanes}::int) lane
      where lane <> all(${[...heldHere]}::int[]) offset 0) free
    where pg_try_advisory_lock(hashtextextended('lane ' || lane, 0)) limit 1`;
  if (row) heldHere.add(row.lane);
  return row?.lane;
}

async function letGo(lane: number): Promise<void> {
  await session()`select pg_advisory_unlock(hashtextextended('lane ' || ${lane}::int, 0))`;
}
