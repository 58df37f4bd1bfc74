let startMs = performance.timeOrigin;

/** Milliseconds since 1970 by the database's clock, carried on by one that nobody can set. */
export const clockMs = (): number => Math.round(startMs + performance.now());

/** Takes over the time of the database. Answers how far its clock has jumped since the last time. */
export function setClock(databaseMs: number): number {
  const jumpMs = databaseMs - performance.now() - startMs;
  startMs += jumpMs;
  return jumpMs;
}
