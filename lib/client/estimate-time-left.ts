interface Pace {
  /** All of this run. */
  chunksTotal: number;
  chunksDone: number;
  /** Chunks that are worked at side by side. */
  workers: number;
  /** From the beginning of the first chunk to the end of the last that is done. */
  workedSeconds: number;
  /** Since then. */
  waitedSeconds: number;
}

/**
 * Seconds left at the pace of the chunks that are done; undefined before there is one, and 0 when it may end at any
 * moment. Workers begin together, so that their chunks end about together: it is their rounds that are counted.
 */
export function estimateTimeLeft(pace: Pace): number | undefined {
  const { chunksTotal, chunksDone, workedSeconds, waitedSeconds } = pace;
  if (chunksDone < 1) return undefined;
  const roundsOf = (chunks: number) => Math.ceil(chunks / Math.max(1, pace.workers));
  const roundsLeft = roundsOf(chunksTotal) - roundsOf(chunksDone);
  const secondsOfRound = workedSeconds / roundsOf(chunksDone);
  return Math.max(0, Math.ceil(roundsLeft * secondsOfRound - waitedSeconds));
}
