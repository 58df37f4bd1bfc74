import { isDeepStrictEqual, parseArgs } from 'node:util';
import { type Ending, type Kill, planKills, startKillHarness } from '@/e2e/support/kill-harness';
import type { Measurement } from './measurement';

const SEED = 1;
const INSTANTS = 30;
/** Of an undisturbed novel: before it the upload is stored, after it little is left to kill. */
const WORKING_SHARE = 0.4;
const TARGETS = ['web', 'engine', 'web and engine', 'postgres', 'all'] as const;

/** What is not as if nobody had been killed. */
function differences(ending: Ending, undisturbed: Ending): string[] {
  return [
    ...(isDeepStrictEqual(ending.sentences, undisturbed.sentences) ? [] : ['other sentences']),
    ...(isDeepStrictEqual(ending.accounts, undisturbed.accounts)
      ? []
      : [`other accounts: ${JSON.stringify(ending.accounts)}`]),
    ...(ending.miscounts ?? ['the job is gone']),
    ...(ending.calls.stored === undisturbed.calls.stored ? [] : [`${ending.calls.stored} calls stored`]),
    ...ending.calls.unexplained.map((call) => `${call} asked again without an excuse`),
  ];
}

/** For one that came after the end: the first novels of a run take longer than the later ones, by which it was planned. */
const earlier = ({ target, at }: Kill): Kill | undefined =>
  'afterMs' in at ? { target, at: { afterMs: Math.floor(at.afterMs / 2) } } : undefined;

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
    const kills = planKills(
      seed,
      undisturbed.edges,
      { count: instants, withinMs: undisturbed.durationMs * WORKING_SHARE },
      TARGETS,
    );
    const endings: Ending[] = [];
    for (const [index, kill] of kills.entries()) {
      if (index < from || index > to) continue;
      for (let next: Kill | undefined = kill; next; next = endings.at(-1)?.isStruck ? undefined : earlier(next)) {
        const ending = await harness.run(next);
        report(index, next, ending);
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

  function report(index: number, kill: Kill, { durationMs, isStruck, calls }: Ending) {
    const seconds = (durationMs / 1000).toFixed(1);
    const note = isStruck ? `${calls.stored} calls stored, ${calls.lost} lost` : 'came too late';
    process.stdout.write(`  ${index}: ${harness.describeKill(kill)}: ${seconds} s, ${note}\n`);
  }
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
