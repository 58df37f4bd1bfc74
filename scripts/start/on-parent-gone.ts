const CHECK_MS = 500;

/** A parent killed by -9 has no signal for us. One that is pid 1 from the beginning never goes. */
export function onParentGone(end: () => void): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) end();
  }, CHECK_MS).unref();
}
