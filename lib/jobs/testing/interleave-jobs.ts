import { eq } from 'drizzle-orm';
import { sql } from '@/db/client';
import { jobs } from '@/db/schema';
import { addJob, addUser } from '@/db/testing/factories';
import { createRandom } from '@/e2e/support/novel-random';
import { isAppError } from '@/lib/errors';
import { cancelJob } from '@/lib/jobs/cancel-job';
import { deleteJob } from '@/lib/jobs/delete-job';
import { editSentence } from '@/lib/jobs/edit-sentence';
import { endOverdueJobs } from '@/lib/jobs/end-overdue-jobs';
import { failJob } from '@/lib/jobs/fail-job';
import { requeueJobs } from '@/lib/jobs/requeue-stalled-jobs';
import { resumeJob } from '@/lib/jobs/resume-job';
import { retryJob } from '@/lib/jobs/retry-job';
import { findMiscounts } from './legal-states';
import { runJob } from './run-in-steps';
import type { Actor, Stage } from './stage';

const WAVES = 7;
const LANES = 24;
const STEPS_TO_THE_END = 400;

interface Outcome {
  seed: number;
  /** Verbs done. */
  moves: number;
  retries: number;
  end: 'completed' | 'deleted';
}

/** Answers whether it was done; a refusal is an answer that a race may give. */
async function tolerate(stage: Stage, work: Promise<unknown>): Promise<boolean> {
  stage.moves += 1;
  try {
    await work;
    return true;
  } catch (error) {
    if (!isAppError(error, 'NOT_FOUND') && !isAppError(error, 'JOB_STATE_CONFLICT')) throw error;
    return false;
  }
}

/** Lets one go on to its next transaction; who is done, or was told that the job is gone, leaves. */
async function advance(stage: Stage, actor: Actor): Promise<void> {
  let isOver = true;
  const step = actor.next().then(({ done }) => {
    isOver = done === true;
  });
  await tolerate(stage, step);
  if (isOver) for (const actors of [stage.actors, stage.old]) actors.delete(actor);
}

async function currentRun(jobId: string): Promise<number> {
  const [row] = await sql()<{ run: number }[]>`select retry_count as run from jobs where id = ${jobId}`;
  return row?.run ?? 0;
}

async function addRun(stage: Stage): Promise<Actor> {
  stage.runs += 1;
  const run = runJob(stage, { run: await currentRun(stage.jobId), runId: `run-${stage.runs}` });
  stage.actors.add(run);
  return run;
}

async function retry(stage: Stage): Promise<void> {
  if (!(await tolerate(stage, retryJob(stage.userId, stage.jobId, {})))) return;
  stage.retries += 1;
  await addRun(stage);
}

const edit = (stage: Stage) => {
  const { random, userId, jobId } = stage;
  const words = random.chance(0.7) ? { rewrites: [`Le lecteur ${random.between(1, 9)} écrivit.`] } : { locked: true };
  return tolerate(stage, editSentence(userId, jobId, random.between(0, 3), words));
};

const EVENTS: ((stage: Stage) => Promise<unknown>)[] = [
  (stage) => tolerate(stage, cancelJob(stage.userId, stage.jobId, 'reader')),
  retry,
  retry,
  addRun,
  edit,
  async (stage) => {
    await requeueJobs(eq(jobs.id, stage.jobId));
    await addRun(stage);
  },
  async ({ jobId }) => {
    await sql()`update jobs set started_at = now() - interval '1 day' where id = ${jobId} and status = 'processing'`;
    await endOverdueJobs();
  },
  async ({ jobId, random }) => {
    const claim = { run: await currentRun(jobId), runId: `run-${random.between(1, 3)}` };
    await failJob(jobId, 'INTERNAL', 'A run failed.', claim?.runId);
  },
  // A run that the engine gave up, for the first time or once too often.
  async (stage) => {
    const { jobId, random } = stage;
    const claim = { run: await currentRun(jobId), runId: `run-${random.between(1, stage.runs)}` };
    if (await resumeJob(jobId, claim, random.between(0, 4))) await addRun(stage);
  },
  // Some process is killed.
  async ({ actors, random }) => {
    const actor = [...actors][random.between(0, actors.size - 1)];
    await actor?.return();
  },
  async (stage) => stage.random.chance(0.3) && tolerate(stage, deleteJob(stage.userId, stage.jobId)),
];

function move(stage: Stage): Promise<unknown> {
  const { random } = stage;
  const actors = [...stage.actors];
  const actor = actors[random.between(0, Math.max(0, actors.length - 1))];
  if (actor && random.chance(0.75)) return advance(stage, actor);
  return EVENTS[random.between(0, EVENTS.length - 1)]?.(stage) ?? Promise.resolve();
}

/** Answers whether the job is there. */
async function check({ jobId }: Stage): Promise<boolean> {
  const wrong = await findMiscounts(jobId);
  if (wrong && wrong.length > 0) throw new Error(`the accounts do not add up: ${wrong.join('; ')}`);
  return wrong !== undefined;
}

async function stateOf({ jobId }: Stage) {
  const [row] = await sql()<{ status: string; partial: boolean; open: number; calls: number }[]>`
    select status, partial, model_calls as calls, (select count(*)::int from sentences
      where job_id = jobs.id and status not in ('kept', 'rewritten')) as open from jobs where id = ${jobId}`;
  return row;
}

/** New runs take the job until it has ended, while what is left of the old ones lives on beside them. */
async function bringToEnd(stage: Stage): Promise<void> {
  stage.failures = 0;
  const { random, old } = stage;
  for (;;) {
    await requeueJobs(eq(jobs.id, stage.jobId));
    const status = (await stateOf(stage))?.status;
    // A sweep of another lane held it just then, and a sweep waits for nobody.
    if (status === 'processing') continue;
    if (status !== 'pending') return;
    for (const actor of stage.actors) old.add(actor);
    stage.actors.clear();
    const main = await addRun(stage);
    for (let step = 0; stage.actors.has(main); step += 1) {
      if (step > STEPS_TO_THE_END) throw new Error('the job does not come to its end');
      const going = [...stage.actors, ...[...old].filter(() => random.chance(0.3))];
      await Promise.all(going.map((actor) => advance(stage, actor)));
    }
  }
}

async function play(stage: Stage): Promise<Outcome['end']> {
  await addRun(stage);
  for (let wave = 0; wave < WAVES; wave += 1) {
    await Promise.all(Array.from({ length: stage.random.between(1, 3) }, () => move(stage)));
  }
  if (!(await check(stage))) return 'deleted';
  await bringToEnd(stage);
  const first = await stateOf(stage);
  if (first?.status !== 'completed' || first.partial) {
    await retryJob(stage.userId, stage.jobId, {});
    stage.retries += 1;
    await bringToEnd(stage);
  }
  await check(stage);
  const end = await stateOf(stage);
  if (end?.status !== 'completed' || end.partial || end.open > 0 || end.calls !== stage.calls) {
    throw new Error(`it ended as ${JSON.stringify(end)} after ${stage.calls} calls`);
  }
  return 'completed';
}

/**
 * One job with runs, steps that crash and are repeated, and readers who cancel, edit, retry and delete, in waves of up to three
 * at the same time; then it is brought to its end. Throws when the accounts do not add up, or something is lost. A seed
 * says who is to act and what; which of those who act together comes first is the database's choice.
 */
async function interleaveJob(seed: number, userId: string): Promise<Outcome> {
  const random = createRandom(seed);
  const chunks = Array.from({ length: random.between(1, 2) }, () => ({
    sentences: Array.from({ length: random.between(1, 2) }, () => 'pending' as const),
  }));
  const { jobId } = await addJob({ userId, chunks });
  const stage: Stage = {
    random,
    jobId,
    userId,
    actors: new Set(),
    old: new Set(),
    crashes: [],
    calls: 0,
    moves: 0,
    retries: 0,
    runs: 0,
    failures: 0.25,
  };
  try {
    const end = await play(stage);
    return { seed, moves: stage.moves, retries: stage.retries, end };
  } catch (error) {
    throw new Error(`interleaving with seed ${seed}`, { cause: error });
  } finally {
    await Promise.all(stage.crashes.map((crash) => crash()));
  }
}

/** `count` of them, from the first seed on, several jobs at the same time. */
export async function interleaveJobs(count: number, firstSeed = 1): Promise<Outcome[]> {
  const userId = await addUser();
  const outcomes: Outcome[] = [];
  let next = firstSeed;
  const lane = async () => {
    while (next < firstSeed + count) {
      const seed = next;
      next += 1;
      outcomes.push(await interleaveJob(seed, userId));
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return outcomes;
}
