import { setTimeout as sleep } from 'node:timers/promises';
import { session } from '@/db/client';
import { log } from '@/lib/log';

const ASK_AGAIN_MS = 250;

/** A session is given its own locks again. */
const heldHere = new Set<string>();

/**
 * Does `work` while nobody on this database does it under the same name. Waits for whoever does, for as long as `isWanted`
 * says; undefined when it is not any more. The lock is the session's: a killed process holds none, so nobody waits for a
 * dead one.
 */
export async function workAlone<T>(
  name: string,
  isWanted: () => Promise<boolean>,
  work: () => Promise<T>,
): Promise<T | undefined> {
  while (!(await take(name))) {
    if (!(await isWanted())) return undefined;
    await sleep(ASK_AGAIN_MS);
  }
  try {
    return await work();
  } finally {
    heldHere.delete(name);
    // Nobody need wait for it: whoever asks next here asks behind it, on the same connection.
    letGo(name).catch((error: unknown) => log.warn({ err: error }, 'a lock went with its session'));
  }
}

async function take(name: string): Promise<boolean> {
  if (heldHere.has(name)) return false;
  heldHere.add(name);
  let isTaken = false;
  try {
    const [row] = await session()<{ isTaken: boolean }[]>`
      select pg_try_advisory_lock(hashtextextended(${name}, 0)) as "isTaken"`;
    isTaken = row?.isTaken === true;
  } finally {
    if (!isTaken) heldHere.delete(name);
  }
  return isTaken;
}

async function letGo(name: string): Promise<void> {
  await session()`select pg_advisory_unlock(hashtextextended(${name}, 0))`;
}
