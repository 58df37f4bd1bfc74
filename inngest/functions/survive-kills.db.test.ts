import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Ending, type Kill, startKillHarness } from '@/e2e/support/kill-harness';

// Processes of their own, in TypeScript, on a busy machine.
const PATIENCE_MS = 240_000;

let harness: Awaited<ReturnType<typeof startKillHarness>>;
let undisturbed: Ending;

beforeAll(async () => {
  harness = await startKillHarness();
  undisturbed = await harness.run();
}, PATIENCE_MS);
afterAll(() => harness.close(), PATIENCE_MS);

/** `npm run bench -- kill-points` has every edge and many random instants; these are one of each target. */
const KILLS: Kill[] = [
  { target: 'web', at: { edge: 'done', nth: 4 } },
  { target: 'engine', at: { edge: 'asked', nth: 5 } },
  { target: 'postgres', at: { edge: 'done', nth: 6 } },
  { target: 'all', at: { edge: 'asked', nth: 3 } },
];

it.each(KILLS)(
  'kill -9 changes nothing in the end: $target, $at',
  async (kill) => {
    const ending = await harness.run(kill);
    expect(ending.isStruck).toBe(true);
    expect(ending.sentences).toEqual(undisturbed.sentences);
    expect(ending.accounts).toEqual(undisturbed.accounts);
    expect(ending).toMatchObject({ miscounts: [], calls: { stored: undisturbed.calls.stored, unexplained: [] } });
  },
  PATIENCE_MS,
);
