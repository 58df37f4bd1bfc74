import { setTimeout as sleep } from 'node:timers/promises';
import { releaseLock, takeLock } from './session-locks';

const ASK_AGAIN_MS = 250;

/**
 * Does `work` while nobody on this database does it under the same name. Waits for whoever does, for as long as `isWanted`
 * says; undefined when it is not any more.
 */
export async function workAlone<T>(
  name: string,
  isWanted: () => Promise<boolean>,
  work: () => Promise<T>,
): Promise<T | undefined> {
  while (!(await takeLock(name))) {
    if (!(await isWanted())) return undefined;
    await sleep(ASK_AGAIN_MS);
  }
  try {
    return await work();
  } finally {
    releaseLock(name);
  }
}
