import type { Random } from '@/e2e/support/novel-random';
import { beginChunk } from '@/lib/jobs/begin-chunk';
import { endChunk } from '@/lib/jobs/end-chunk';
import { failChunk } from '@/lib/jobs/fail-chunk';
import { finishJob } from '@/lib/jobs/finish-job';
import { settleLast, settleSentences } from '@/lib/jobs/settle-sentences';
import { splitJob } from '@/lib/jobs/split-job';
import { type Claim, startJob } from '@/lib/jobs/start-job';
import type { Rewrite } from '@/lib/rewrite/engine';

/** Work that can be stopped, and forgotten, between any two transactions. */
export type Actor = AsyncGenerator<undefined, void>;

/** One job under test, with all that acts on it. */
export interface Stage {
  random: Random;
  jobId: string;
  userId: string;
  /** Runs and steps, some of them forgotten by the engine that they once worked for. */
  actors: Set<Actor>;
  /** Every model call that was paid. */
  calls: number;
  moves: number;
  retries: number;
  runs: number;
  /** How likely a chunk is given up. */
  failures: number;
}

const rewriteOf = (position: number, isKept: boolean): Rewrite =>
  isKept
    ? { position, status: 'kept', rewrites: [], method: 'kept', flags: ['over_limit'] }
    : { position, status: 'rewritten', rewrites: [`Le gardien ${position} ouvrit.`], method: 'gemini', flags: [] };

/** One chunk, as `processChunk` does it with one call a sentence. */
async function* rewriteChunk(stage: Stage, runId: string, index: number): Actor {
  const { jobId, random } = stage;
  const begun = await beginChunk(jobId, index, runId);
  yield;
  if (typeof begun !== 'object') return;
  const part = { jobId, index, run: begun.job.retryCount };
  const isGivenUp = random.chance(stage.failures);
  const last = isGivenUp ? random.between(0, begun.open.length) : begun.open.length;
  for (const [at, { position }] of begun.open.slice(0, last).entries()) {
    stage.calls += 1;
    const rewrites = [rewriteOf(position, random.chance(0.3))];
    const isLast = at + 1 === begun.open.length;
    const isWanted = isLast
      ? await settleLast(part, rewrites, ONE_CALL, runId)
      : await settleSentences(part, rewrites, ONE_CALL);
    yield;
    if (!isWanted || isLast) return;
  }
  if (isGivenUp) await failChunk(jobId, index, 'MODEL_UNAVAILABLE', 'Given up.', runId);
  else await endChunk(jobId, index, runId);
}

const ONE_CALL = { calls: 1, tokens: 100 };

/** A step of the engine: it may crash and be repeated, while what crashed lives on. Done when one of them is. */
function addStep(stage: Stage, work: () => Actor): { isDone: boolean } {
  const step = { isDone: false };
  const attempt = async function* (): Actor {
    yield* work();
    step.isDone = true;
  };
  stage.actors.add(attempt());
  if (stage.random.chance(0.2)) stage.actors.add(attempt());
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
  const steps = split.chunks.map((index) => addStep(stage, () => rewriteChunk(stage, claim.runId, index)));
  while (steps.some(({ isDone }) => !isDone)) yield;
  yield* often(() => finishJob(jobId, claim.runId));
}
