interface Pace {
  progressPercent: number;
  elapsedSeconds: number;
}

const ENOUGH_PERCENT = 8;
const ENOUGH_SECONDS = 3;

/** Seconds left at the pace so far; undefined while there is too little to judge by. */
export function estimateTimeLeft({ progressPercent, elapsedSeconds }: Pace): number | undefined {
  if (progressPercent >= 100) return 0;
  if (progressPercent < ENOUGH_PERCENT || elapsedSeconds < ENOUGH_SECONDS) return undefined;
  return Math.ceil((elapsedSeconds * (100 - progressPercent)) / progressPercent);
}
