import { parseArgs } from 'node:util';
import {
  describeKill,
  differences,
  type Ending,
  type Kill,
  planKills,
  startKillHarness,
} from '@/e2e/support/kill-harness';
import type { Measurement } from './measurement';

const SEED = 1;
const INSTANTS = 30;

/** A novel of 60 pages for every point at which somebody dies; the first is left in peace. */
export async function run(
  seed = SEED,
  instants = INSTANTS,
  from = 0,
  to = Number.POSITIVE_INFINITY,
): Promise<Measurement[]> {
  const harness = await startKillHarness();
  try {
    await harness.run();
    const undisturbed = await harness.run();
    const endings: Ending[] = [];
    for (const [index, planned] of planKills(seed, undisturbed, instants).entries()) {
      if (index < from || index > to) continue;
      for await (const { kill, ending } of harness.strikeBy(planned)) {
        report(index, kill, ending);
        const wrong = differences(ending, undisturbed);
        if (wrong.length > 0) throw new Error(`seed ${seed}, kill ${index}: ${wrong.join('; ')}`);
        endings.push(ending);
      }
    }
    const struck = endings.filter(({ isStruck }) => isStruck);
    return [
      { what: 'kills, each with the same end as without', value: struck.length, unit: 'kills', goal: { atLeast: 50 } },
      { what: 'model calls stored', value: sum(endings.map(({ calls }) => calls.stored)), unit: 'calls' },
      {
        what: 'model calls under way at a kill, asked again',
        value: sum(endings.map(({ calls }) => calls.lost)),
        unit: 'calls',
      },
      { what: 'an undisturbed novel', value: undisturbed.durationMs / 1000, unit: 's' },
      {
        what: 'a novel with a kill, the longest',
        value: Math.max(...struck.map(({ durationMs }) => durationMs)) / 1000,
        unit: 's',
      },
    ];
  } finally {
    await harness.close();
  }
}

function report(index: number, kill: Kill, { durationMs, isStruck, calls }: Ending) {
  const seconds = (durationMs / 1000).toFixed(1);
  const note = isStruck ? `${calls.stored} calls stored, ${calls.lost} lost` : 'came too late';
  process.stdout.write(`  ${index}: ${describeKill(kill)}: ${seconds} s, ${note}\n`);
}

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string' },
      instants: { type: 'string' },
      from: { type: 'string' },
      to: { type: 'string' },
    },
  });
  const found = await run(
    Number(values.seed ?? SEED),
    Number(values.instants ?? INSTANTS),
    Number(values.from ?? 0),
    Number(values.to ?? Number.POSITIVE_INFINITY),
  );
  process.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
}
