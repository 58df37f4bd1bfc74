import { afterAll, beforeAll, expect, it } from 'vitest';
import { differences, type Ending, type Kill, planKills, startKillHarness } from '@/e2e/support/kill-harness';
import { createRandom } from '@/e2e/support/novel-random';

// Processes of their own, in TypeScript, on a busy machine.
const PATIENCE_MS = 240_000;

let harness: Awaited<ReturnType<typeof startKillHarness>>;
let undisturbed: Ending;

beforeAll(async () => {
  harness = await startKillHarness();
  undisturbed = await harness.run();
}, PATIENCE_MS);
afterAll(() => harness.close(), PATIENCE_MS);

/** One of the edges that a request of the novel passes, and one instant; `npm run bench -- kill-points` has all and many. */
function drawKills(seed: number): Kill[] {
  const plan = planKills(seed, undisturbed, 1);
  const instants = plan.splice(-1);
  const edge = plan[createRandom(seed * 7919).between(0, plan.length - 1)];
  return edge ? [edge, ...instants] : [];
}

// Between them, they kill everybody at all kinds of edges.
it.each([3, 4, 5, 10])(
  'kill -9 at an edge and at an instant, both drawn from seed %i, changes nothing in the end',
  async (seed) => {
    const struck: Kill[] = [];
    for (const planned of drawKills(seed)) {
      for await (const { kill, ending } of harness.strikeBy(planned)) {
        expect({ kill, wrong: differences(ending, undisturbed) }).toEqual({ kill, wrong: [] });
        if (ending.isStruck) struck.push(kill);
      }
    }
    expect(struck).toHaveLength(2);
  },
  PATIENCE_MS,
);
