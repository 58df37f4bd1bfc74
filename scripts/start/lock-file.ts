import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { processIdentity } from './process-identity';

const LockNote = z.object({ pid: z.number(), identity: z.string(), url: z.string().optional() });
export type LockNote = z.infer<typeof LockNote>;

export interface LockFile {
  /** Lets others find what runs here. */
  publish(url: string): void;
  release(): void;
}

/** Takes the lock, or tells who holds it. A lock whose process is gone is taken over. */
export async function takeLock(path: string): Promise<LockFile | { holder: LockNote }> {
  const note: LockNote = { pid: process.pid, identity: processIdentity(process.pid) ?? '' };
  const own = `${path}.${process.pid}`;
  const write = () => writeFileSync(own, JSON.stringify(note), { mode: 0o600 });
  write();
  try {
    const seen = look(path);
    if (typeof seen === 'object') return { holder: seen };
    // Not unless there was one: another may have linked its own meanwhile.
    if (seen === 'stale') rmSync(path, { force: true });
    link(own, path);
    // Two may have found the same stale lock; the last to link has won, and both see it now.
    await sleep(50);
    const winner = findLockHolder(path);
    if (!winner) return await takeLock(path);
    if (winner.pid !== process.pid) return { holder: winner };
  } finally {
    rmSync(own, { force: true });
  }
  return {
    publish: (url) => writeFileSync(path, JSON.stringify({ ...note, url }), { mode: 0o600 }),
    release: () => rmSync(path, { force: true }),
  };
}

/** The living process that holds the lock. */
export function findLockHolder(path: string): LockNote | undefined {
  const seen = look(path);
  return typeof seen === 'object' ? seen : undefined;
}

function look(path: string): LockNote | 'free' | 'stale' {
  try {
    const note = LockNote.parse(JSON.parse(readFileSync(path, 'utf8')));
    return processIdentity(note.pid) === note.identity ? note : 'stale';
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'free' : 'stale';
  }
}

function link(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}
