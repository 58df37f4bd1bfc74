import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '@/lib/errors';
import { beginChunk } from '@/lib/jobs/begin-chunk';
import { endChunk } from '@/lib/jobs/end-chunk';
import { failChunk } from '@/lib/jobs/fail-chunk';
import { processChunk } from '@/lib/jobs/process-chunk';
import { settleLast, settleSentences } from '@/lib/jobs/settle-sentences';
import type { Rewrite, RewriteEngine } from '@/lib/rewrite/engine';
import type { Actor, Stage } from './stage';

/** Who waits longer waits for a lock that somebody else holds. */
const GRACE_MS = 20;
const ATTEMPTS = 4;
const ONE_CALL = { calls: 1, tokens: 100 };

/** The process is gone: it writes nothing more. */
class Crash extends Error {}

/** Where the work on a chunk waits until it is its turn. */
function createGate() {
  let arrival = Promise.withResolvers<false>();
  let passage = Promise.withResolvers<void>();
  let isCrashed = false;
  return {
    pass: async () => {
      passage = Promise.withResolvers();
      arrival.resolve(false);
      if (!isCrashed) await passage.promise;
      if (isCrashed) throw new Crash();
    },
    arrived: () => arrival.promise,
    open: () => {
      arrival = Promise.withResolvers();
      passage.resolve();
    },
    crash: () => {
      isCrashed = true;
      passage.resolve();
    },
  };
}

const rewriteOf = (position: number, isKept: boolean): Rewrite =>
  isKept
    ? { position, status: 'kept', rewrites: [], method: 'kept', flags: ['over_limit'] }
    : { position, status: 'rewritten', rewrites: [`Le gardien ${position} ouvrit.`], method: 'gemini', flags: [] };

/** Asks a model for one sentence after another; it can be held up before each call, during it, and when its answer is stored. */
function engineInSteps(stage: Stage, pass: () => Promise<void>): RewriteEngine {
  const { random } = stage;
  return {
    name: 'offline',
    rewrite: async ({ sentences }, { signal, beforeCall, onSettled }) => {
      const failsAt = random.chance(stage.failures) ? random.between(0, sentences.length) : undefined;
      for (const [at, { position }] of sentences.entries()) {
        await pass();
        await beforeCall();
        await pass();
        if (at === failsAt) throw new AppError(random.chance(0.5) ? 'MODEL_UNAVAILABLE' : 'MODEL_KEY_REFUSED');
        // An answer may come in just before its call is aborted.
        if (random.chance(0.5)) signal.throwIfAborted();
        stage.calls += 1;
        await onSettled([rewriteOf(position, random.chance(0.3))], ONE_CALL);
      }
      await pass();
    },
  };
}

/** Whether it is over: false when the step engine is to try again. */
async function attempt(stage: Stage, runId: string, index: number, isLastAttempt: boolean, pass: () => Promise<void>) {
  try {
    await processChunk(stage.jobId, index, { isLastAttempt, runId, engine: engineInSteps(stage, pass) });
    return true;
  } catch (error) {
    if (error instanceof Crash || (!isLastAttempt && error instanceof AppError && error.kind.retryable)) return false;
    throw error;
  }
}

/** One chunk, by `processChunk`, tried as often as the step engine does. Whoever leaves it before its end lets it crash. */
export async function* chunkInSteps(stage: Stage, runId: string, index: number): Actor {
  for (let number = 1; number <= ATTEMPTS; number += 1) {
    const gate = createGate();
    const work = attempt(stage, runId, index, number === ATTEMPTS, gate.pass);
    const settled = work.then(
      () => undefined,
      () => undefined,
    );
    stage.crashes.push(() => {
      gate.crash();
      return settled;
    });
    const over = work.then(() => true);
    try {
      while (!(await Promise.race([over, gate.arrived(), sleep(GRACE_MS, false)]))) {
        yield;
        gate.open();
      }
    } finally {
      gate.crash();
    }
    if (await work) return;
  }
}

/** The same by a process that works on, though its locks went with their connection: nothing keeps two of them apart. */
export async function* chunkWithoutLocks(stage: Stage, runId: string, index: number): Actor {
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
