/** Asks for another round at once with 0, or in so many milliseconds, or when woken. */
type Work = () => Promise<number | undefined>;

const LONGEST_MS = 2 ** 31 - 1;
const AFTER_ERROR_MS = 1000;

/** Runs `work` when woken, never twice at the same time; waking it while it works means one more round. */
export function createPump(work: Work, onError: (error: unknown) => void) {
  let running: Promise<void> | undefined;
  let woken = false;
  let stopped = false;
  let alarm: NodeJS.Timeout | undefined;

  async function round(): Promise<void> {
    while (woken && !stopped) {
      woken = false;
      clearTimeout(alarm);
      let nextMs: number | undefined;
      try {
        nextMs = await work();
      } catch (error) {
        onError(error);
        nextMs = AFTER_ERROR_MS;
      }
      if (nextMs === undefined || stopped) continue;
      if (nextMs <= 0) woken = true;
      else alarm = setTimeout(wake, Math.min(Math.ceil(nextMs), LONGEST_MS));
    }
  }

  function wake(): void {
    woken = true;
    if (stopped || running) return;
    running = round().finally(() => {
      running = undefined;
      if (woken) wake();
    });
  }

  async function stop(): Promise<void> {
    stopped = true;
    clearTimeout(alarm);
    await running;
  }

  return { wake, stop };
}
