import { Readable } from 'node:stream';
import { sql } from '@/db/client';
import type { FakeGemini } from '@/e2e/support/fake-gemini';
import { cancelJob } from '@/lib/jobs/cancel-job';
import { confirmJob } from '@/lib/jobs/confirm-job';
import { createJob } from '@/lib/jobs/create-job';
import type { JobStart } from '@/lib/jobs/job-start';
import { processChunk } from '@/lib/jobs/process-chunk';
import { quoteNovel } from '@/lib/jobs/quote-novel';
import { runJobHere } from '@/lib/jobs/run-job-here';
import { splitJob } from '@/lib/jobs/split-job';
import { startJob } from '@/lib/jobs/start-job';
import { storeFile } from '@/lib/storage/store';

type Settings = Record<string, string>;

const store = (pdf: Uint8Array) => storeFile(Readable.from([Buffer.from(pdf)]), 50e6);

export const createFrom = async (userId: string, pdf: Uint8Array, settings: Settings = {}): Promise<JobStart> =>
  createJob({ userId, file: await store(pdf), name: 'phare.pdf', settings });

/** From the file to the end; answers the job. */
export async function runNovel(userId: string, pdf: Uint8Array, settings: Settings = {}): Promise<string> {
  const start = await createFrom(userId, pdf, settings);
  await runJobHere(start);
  return start.jobId;
}

/** Split, and one of its chunks done. */
export async function runChunk(userId: string, pdf: Uint8Array, settings: Settings = {}): Promise<string> {
  const { jobId } = await createFrom(userId, pdf, settings);
  await startJob(jobId);
  await splitJob(jobId);
  await processChunk(jobId, 0, { isLastAttempt: true });
  return jobId;
}

export async function stopAfterChunk(userId: string, pdf: Uint8Array, settings: Settings = {}): Promise<string> {
  const jobId = await runChunk(userId, pdf, settings);
  await cancelJob(userId, jobId, 'reader');
  return jobId;
}

export const quote = async (userId: string, pdf: Uint8Array, settings: Settings = {}) =>
  quoteNovel({ userId, file: await store(pdf), name: 'phare.pdf', settings, keepsFile: true });

export const confirm = (userId: string, quoteId: string): Promise<JobStart> =>
  confirmJob(userId, quoteId, { startsNow: true });

/** The sentences that the model is asked for by this work. */
export async function askedBy(fake: FakeGemini, work: () => Promise<unknown>): Promise<number[]> {
  fake.reset();
  await work();
  return fake.calls.flatMap(({ numbers }) => numbers);
}

/** The first that the model has rewritten. */
export async function firstRewritten(jobId: string): Promise<number> {
  const [row] = await sql()<{ position: number }[]>`
    select position from sentences where job_id = ${jobId} and method = 'gemini' order by position limit 1`;
  if (!row) throw new Error('nothing was rewritten');
  return row.position;
}
