import { session } from '@/db/client';
import { log } from '@/lib/log';

/** A session is given its own locks again. */
const heldHere = new Set<string>();

/**
 * Whether the name is ours now, and nobody else's on this database. The lock is the session's: a killed process holds
 * none, so nobody waits for a dead one.
 */
export async function takeLock(name: string): Promise<boolean> {
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

/** Nobody need wait for it: whoever asks next here asks behind it, on the same connection. */
export function releaseLock(name: string): void {
  heldHere.delete(name);
  session()`select pg_advisory_unlock(hashtextextended(${name}, 0))`.catch((error: unknown) =>
    log.warn({ err: error }, 'a lock went with its session'),
  );
}
