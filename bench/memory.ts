import { setTimeout as sleep } from 'node:timers/promises';
import { makeNovel } from '@/e2e/support/novel-maker';
import type { Measurement } from './measurement';
import { startBenchApp } from './support/bench-app';

const JOBS = 10;
const PAGES = 500;
/** The first two fill what is filled once: caches, pools, compiled code. */
const WARM_UP = 2;
const SETTLE_MS = 2_000;

/** Ten long novels one after another: what the web process takes, and whether it keeps more after each. */
export async function run(): Promise<Measurement[]> {
  const app = await startBenchApp();
  try {
    const afterEach: number[] = [];
    for (let seed = 1; seed <= JOBS; seed += 1) {
      const { pdf } = await makeNovel({ seed, pages: PAGES });
      const job = await app.api.createJob(new File([new Uint8Array(pdf)], `${seed}.pdf`), { engine: 'offline' });
      const { status } = await app.waitForEnd(job, 600_000);
      if (status !== 'completed') throw new Error(`job ${seed}: ${status}`);
      await sleep(SETTLE_MS);
      afterEach.push(app.webMb());
    }
    return [
      { what: 'peak memory of the web process, ten jobs', value: app.peakWebMb(), unit: 'MB', goal: { atMost: 400 } },
      { what: 'memory after the second job', value: afterEach[WARM_UP - 1] ?? 0, unit: 'MB' },
      { what: 'memory after the last job', value: afterEach.at(-1) ?? 0, unit: 'MB' },
      { what: 'more a job after the second', value: slope(afterEach.slice(WARM_UP)), unit: 'MB', goal: { atMost: 1 } },
    ];
  } finally {
    await app.close();
  }
}

/** Least squares over equal steps. */
function slope(values: number[]): number {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  let [over, under] = [0, 0];
  for (const [step, value] of values.entries()) {
    over += (step - middle) * (value - mean);
    under += (step - middle) ** 2;
  }
  return over / under;
}
