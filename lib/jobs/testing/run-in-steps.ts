import { finishJob } from '@/lib/jobs/finish-job';
import { splitJob } from '@/lib/jobs/split-job';
import { type Claim, startJob } from '@/lib/jobs/start-job';
import { chunkInSteps, chunkWithoutLocks } from './chunk-in-steps';
import type { Actor, Stage } from './stage';

/** A step of the engine: it may be lost and repeated, while what was lost lives on. Done when one of them is. */
function addStep(stage: Stage, runId: string, index: number): { isDone: boolean } {
  const { actors, random } = stage;
  const step = { isDone: false };
  const attempt = async function* (work: typeof chunkInSteps): Actor {
    yield* work(stage, runId, index);
    step.isDone = true;
  };
  actors.add(attempt(chunkInSteps));
  if (random.chance(0.2)) actors.add(attempt(random.chance(0.5) ? chunkInSteps : chunkWithoutLocks));
  return step;
}

/** The pipeline of `process-novel`, each of its short steps done twice now and then. */
export async function* runJob(stage: Stage, claim: Claim): Actor {
  const { jobId, random } = stage;
  const often = async function* <T>(work: () => Promise<T>): AsyncGenerator<undefined, T> {
    if (random.chance(0.2)) {
      await work();
      yield;
    }
    return work();
  };
  const started = yield* often(() => startJob(jobId, claim));
  yield;
  if (!started.isRunning) return;
  const split = yield* often(() => splitJob(jobId, claim.runId));
  yield;
  if (!split.isRunning) return;
  const steps = split.chunks.map((index) => addStep(stage, claim.runId, index));
  while (steps.some(({ isDone }) => !isDone)) yield;
  yield* often(() => finishJob(jobId, claim.runId));
}
