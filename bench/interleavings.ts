import { parseArgs } from 'node:util';
import { countTransitions, findIllegalTransitions, recordTransitions } from '@/lib/jobs/testing/legal-states';
import type { Measurement } from './measurement';
import { openBenchDatabase } from './support/open-bench-database';

const COUNT = 10_000;

/** Start, cancel, retry, edit, finish, crash and delete in random order and at the same time; a wrong end throws with its seed. */
export async function run(count = COUNT, firstSeed = 1): Promise<Measurement[]> {
  // Before the log is opened: thousands of chunks fail here on purpose.
  process.env.LOG_LEVEL ??= 'silent';
  const { interleaveJobs } = await import('@/lib/jobs/testing/interleave-jobs');
  const close = await openBenchDatabase();
  try {
    await recordTransitions();
    const began = performance.now();
    const outcomes = await interleaveJobs(count, firstSeed);
    const seconds = (performance.now() - began) / 1000;
    const illegal = await findIllegalTransitions();
    if (illegal.length > 0) throw new Error(`illegal transitions: ${illegal.join('; ')}`);
    const changes = Object.values(await countTransitions()).reduce((sum, n) => sum + n, 0);
    return [
      { what: 'interleavings, every account right at the end', value: outcomes.length, unit: 'jobs' },
      {
        what: 'of them deleted on the way',
        value: outcomes.filter(({ end }) => end === 'deleted').length,
        unit: 'jobs',
      },
      { what: 'verbs done', value: outcomes.reduce((sum, { moves }) => sum + moves, 0), unit: 'verbs' },
      { what: 'changes of a job’s state', value: changes, unit: '' },
      { what: 'illegal ones', value: illegal.length, unit: '', goal: { atMost: 0 } },
      { what: 'in all', value: seconds, unit: 's' },
    ];
  } finally {
    await close();
  }
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { count: { type: 'string' }, seed: { type: 'string' } } });
  const found = await run(Number(values.count ?? COUNT), Number(values.seed ?? 1));
  process.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
}
