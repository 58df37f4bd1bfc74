import { existsSync, readFileSync } from 'node:fs';
import type { Db } from './database';

let startMs = performance.timeOrigin;
let steadyStartMs = performance.timeOrigin;

/** Milliseconds since 1970 by the database's clock, which may jump: for what others are told, and for schedules. */
export const clockMs = (): number => Math.round(startMs + performance.now());

/** Takes over the time of the database. Answers how far its clock has jumped since the last time. */
export function setClock(databaseMs: number): number {
  const jumpMs = databaseMs - performance.now() - startMs;
  startMs += jumpMs;
  return jumpMs;
}

/**
 * The same by a clock that nobody can set, for whatever is planned: what is to come in a minute does, whichever way the
 * other one jumps meanwhile. It stands still while the machine is suspended, and goes on from one engine to the next.
 */
export const steadyMs = (): number => steadyStartMs + performance.now();

export function setSteadyClock(ms: number): void {
  steadyStartMs = ms - performance.now();
}

const BOOT_ID = '/proc/sys/kernel/random/boot_id';

/** Which start of which machine this is, where it can be known: all its processes share the clock of `monotonicMs`. */
export const boot: string | null = existsSync(BOOT_ID) ? readFileSync(BOOT_ID, 'utf8').trim() : null;

export const monotonicMs = (): number => Number(process.hrtime.bigint() / 1_000_000n);

/** The steady time, where now() would be the database's. */
export const steadyNow = (db: Db) => db`to_timestamp(${steadyMs() / 1000}::float8)`;
