import { expect, it } from 'vitest';
import { db, sql } from '@/db/client';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { type AddedJob, addJob } from '@/db/testing/factories';
import { reserveCredits } from '@/lib/credits/ledger';
import { isAppError } from '@/lib/errors';
import { beginChunk } from './begin-chunk';
import { cancelJob } from './cancel-job';
import { deleteJob } from './delete-job';
import { endChunk } from './end-chunk';
import { failChunk } from './fail-chunk';
import { failJob } from './fail-job';
import { finishJob } from './finish-job';
import { findStatus, startJob } from './start-job';

connectTestDatabase();

type Verb = (job: AddedJob) => Promise<unknown>;

const cancel: Verb = async ({ userId, jobId }) => (await cancelJob(userId, jobId, 'reader')).status;
const start: Verb = ({ jobId }) => startJob(jobId);
const finish: Verb = async ({ jobId }) => (await finishJob(jobId)).status;
const fail: Verb = ({ jobId }) => failJob(jobId, 'INTERNAL', 'A run failed.');
const remove: Verb = ({ userId, jobId }) => deleteJob(userId, jobId);
const begin: Verb = async ({ jobId }) => (await beginChunk(jobId, 0)) !== undefined;
const endPart: Verb = ({ jobId }) => endChunk(jobId, 0);
const failPart: Verb = ({ jobId }) => failChunk(jobId, 0, 'INTERNAL', 'Given up.');

const answerOf = (work: Promise<unknown>) =>
  work.catch((error: unknown) => {
    if (!isAppError(error)) throw error;
    return error.code;
  });

async function countWaiting(): Promise<number> {
  const waiting = await sql()`
    select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  return waiting.length;
}

/** Holds the job's row until one waits for it behind the other, and lets them have it in that order. */
async function inTurn(job: AddedJob, verbs: Verb[]): Promise<unknown[]> {
  const holder = await sql().reserve();
  await holder`begin`;
  await holder`select from jobs where id = ${job.jobId} for update`;
  const answers: Promise<unknown>[] = [];
  for (const verb of verbs) {
    answers.push(answerOf(verb(job)));
    await expect.poll(countWaiting).toBe(answers.length);
  }
  await holder`rollback`;
  holder.release();
  return Promise.all(answers);
}

const ADD = {
  waiting: () => addJob({ chunks: [{ sentences: ['pending'] }], job: { reservedCredits: 5 } }),
  running: () =>
    addJob({
      status: 'processing',
      chunks: [{ status: 'processing', sentences: ['pending'] }],
      job: { reservedCredits: 5 },
    }),
  done: () =>
    addJob({
      status: 'processing',
      chunks: [{ status: 'done', sentences: ['rewritten'] }],
      job: { reservedCredits: 5 },
    }),
};

const stateOf = async (jobId: string) => {
  const [chunk] = await sql()`select status, attempts from chunks where job_id = ${jobId}`;
  const settled = await sql()`
    select from ledger_entries where job_id = ${jobId} and kind in ('settle', 'release')`;
  return { job: await findStatus(jobId), chunk: chunk?.status, attempts: chunk?.attempts, settlements: settled.length };
};

const CANCELLED = { job: 'cancelled', settlements: 1 };

it.each<[string, keyof typeof ADD, Verb[], unknown[], object]>([
  ['cancel, cancel', 'running', [cancel, cancel], ['cancelled', 'cancelled'], CANCELLED],
  ['cancel, start', 'waiting', [cancel, start], ['cancelled', { isRunning: false }], CANCELLED],
  ['start, cancel', 'waiting', [start, cancel], [expect.anything(), 'cancelled'], CANCELLED],
  ['cancel, finish', 'done', [cancel, finish], ['cancelled', 'cancelled'], CANCELLED],
  [
    'finish, cancel',
    'done',
    [finish, cancel],
    ['completed', 'JOB_STATE_CONFLICT'],
    { job: 'completed', settlements: 1 },
  ],
  ['cancel, fail', 'running', [cancel, fail], ['cancelled', undefined], CANCELLED],
  ['fail, cancel', 'running', [fail, cancel], [undefined, 'JOB_STATE_CONFLICT'], { job: 'failed', settlements: 1 }],
  [
    'cancel, begin a chunk',
    'running',
    [cancel, begin],
    ['cancelled', false],
    { ...CANCELLED, chunk: 'processing', attempts: 0 },
  ],
  ['begin a chunk, cancel', 'running', [begin, cancel], [true, 'cancelled'], { ...CANCELLED, attempts: 1 }],
  ['cancel, end a chunk', 'running', [cancel, endPart], ['cancelled', false], { ...CANCELLED, chunk: 'processing' }],
  [
    'cancel, fail a chunk',
    'running',
    [cancel, failPart],
    ['cancelled', undefined],
    { ...CANCELLED, chunk: 'processing' },
  ],
  ['fail a chunk, cancel', 'running', [failPart, cancel], ['failed', 'cancelled'], { ...CANCELLED, chunk: 'failed' }],
  ['delete, cancel', 'running', [remove, cancel], [undefined, 'NOT_FOUND'], { job: undefined, settlements: 1 }],
])('%s: each gets its answer, and the run is settled once', async (_, state, verbs, answers, end) => {
  const job = await ADD[state]();
  await db().transaction((tx) => reserveCredits(tx, { ...job, run: 0 }, 5));
  expect(await inTurn(job, verbs)).toEqual(answers);
  expect(await stateOf(job.jobId)).toMatchObject(end);
});
