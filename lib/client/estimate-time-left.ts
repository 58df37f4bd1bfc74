interface Pace {
  progressPercent: number;
  elapsedSeconds: number;
  /** What an earlier run had done already. */
  startPercent?: number;
}

const ENOUGH_PERCENT = 8;
const ENOUGH_SECONDS = 3;

/** Seconds left at the pace so far; undefined while there is too little to judge by. */
export function estimateTimeLeft({ progressPercent, elapsedSeconds, startPercent = 0 }: Pace): number | undefined {
  if (progressPercent >= 100) return 0;
  const donePercent = progressPercent - startPercent;
  if (donePercent < ENOUGH_PERCENT || elapsedSeconds < ENOUGH_SECONDS) return undefined;
  return Math.ceil((elapsedSeconds * (100 - progressPercent)) / donePercent);
}
