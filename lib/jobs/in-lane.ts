import { setTimeout as sleep } from 'node:timers/promises';
import { releaseLock, takeLock } from './session-locks';

const ASK_AGAIN_MS = 250;

/**
 * Does `work` while at most `lanes` on this database do theirs, whether the engine has started them or not. Rejects when
 * `signal` aborts the waiting.
 */
export async function inLane<T>(lanes: number, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  let lane = await takeFree(lanes);
  while (lane === undefined) {
    await sleep(ASK_AGAIN_MS, undefined, { signal });
    lane = await takeFree(lanes);
  }
  try {
    return await work();
  } finally {
    releaseLock(lane);
  }
}

async function takeFree(lanes: number): Promise<string | undefined> {
  for (let number = 1; number <= lanes; number += 1) {
    const lane = `lane ${number}`;
    if (await takeLock(lane)) return lane;
  }
  return undefined;
}
