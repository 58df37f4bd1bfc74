import { and, eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { db } from '@/db/client';
import { chunks, jobs, sentences } from '@/db/schema';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { addJob, addUser } from '@/db/testing/factories';
import { finishJob } from './finish-job';
import { processChunk } from './process-chunk';
import { retryJob } from './retry-job';
import { splitJob } from './split-job';
import { startJob } from './start-job';
import { MAX_RETRIES } from './status';
import { findMiscounts } from './testing/legal-states';

connectTestDatabase();

const jobRow = async (jobId: string) => (await db().select().from(jobs).where(eq(jobs.id, jobId)))[0];
const partialJob = () =>
  addJob({
    status: 'completed',
    chunks: [
      { status: 'done', sentences: ['kept', 'rewritten'] },
      { status: 'failed', sentences: ['kept', 'failed'] },
      { status: 'failed', sentences: ['failed'] },
    ],
  });

async function runToTheEnd(jobId: string) {
  await startJob(jobId);
  const { chunks: open } = await splitJob(jobId);
  for (const chunk of open) await processChunk(jobId, chunk, { isLastAttempt: false });
  return { open, end: await finishJob(jobId) };
}

describe('retryJob', () => {
  it('runs only the failed chunks again and completes without gaps', async () => {
    const { jobId, userId } = await partialJob();
    const before = await db().select().from(sentences).where(eq(sentences.jobId, jobId)).orderBy(sentences.position);
    expect(await retryJob(userId, jobId, {})).toMatchObject({ jobId, run: 1 });
    const { open, end } = await runToTheEnd(jobId);
    expect([open, end.status]).toEqual([[1, 2], 'completed']);
    expect(await jobRow(jobId)).toMatchObject({ partial: false, failedChunks: 0, sentencesFailed: 0, retryCount: 1 });
    const after = await db().select().from(sentences).where(eq(sentences.jobId, jobId)).orderBy(sentences.position);
    const done = (rows: typeof before) => rows.filter(({ chunkIndex }) => chunkIndex === 0);
    expect(done(after)).toEqual(done(before));
  });

  it('leaves the chunks that were not named as they are', async () => {
    const { jobId, userId } = await partialJob();
    await retryJob(userId, jobId, { chunks: [2] });
    const { open } = await runToTheEnd(jobId);
    expect(open).toEqual([2]);
    expect(await jobRow(jobId)).toMatchObject({
      status: 'completed',
      partial: true,
      failedChunks: 1,
      sentencesFailed: 1,
    });
  });

  it('goes on with what a stop left open', async () => {
    const { jobId, userId } = await addJob({
      status: 'cancelled',
      chunks: [
        { status: 'done', sentences: ['kept'] },
        { status: 'processing', sentences: ['rewritten', 'pending'] },
      ],
    });
    await retryJob(userId, jobId, {});
    const { open, end } = await runToTheEnd(jobId);
    expect([open, end.status]).toEqual([[1], 'completed']);
    expect(await jobRow(jobId)).toMatchObject({ cancelledAt: null, cancelledBy: null, processedChunks: 2 });
  });

  it('takes other settings for what it does, and leaves what an engine has made', async () => {
    const { jobId, userId } = await addJob({
      status: 'completed',
      chunks: [
        { status: 'done', sentences: ['kept', 'rewritten'] },
        { status: 'failed', sentences: ['kept', 'kept', 'rewritten', 'failed', 'failed'] },
      ],
    });
    // What an engine could not shorten is kept with a flag, and has been paid for.
    await db()
      .update(sentences)
      .set({ flags: ['over_limit'] })
      .where(and(eq(sentences.jobId, jobId), eq(sentences.position, 3)));
    await db()
      .update(sentences)
      .set({ kind: 'dialogue' })
      .where(and(eq(sentences.jobId, jobId), eq(sentences.position, 6)));
    const read = () => db().select().from(sentences).where(eq(sentences.jobId, jobId)).orderBy(sentences.position);
    const before = await read();
    await retryJob(userId, jobId, { sentence_length_limit: 4, min_sentence_length: 1, ignore_dialogue: true });
    expect(await jobRow(jobId)).toMatchObject({
      maxWords: 4,
      minWords: 1,
      ignoreDialogue: true,
      geminiModel: 'balanced',
    });
    const { open, end } = await runToTheEnd(jobId);
    expect([open, end.status]).toEqual([[1], 'completed']);
    const after = await read();
    const settled = [0, 1, 3, 4];
    expect(settled.map((at) => after[at])).toEqual(settled.map((at) => before[at]));
    expect(after.map(({ status, method }) => [status, method]).filter((_, at) => !settled.includes(at))).toEqual([
      ['kept', 'kept'],
      ['rewritten', 'offline'],
      ['skipped', null],
    ]);
    expect(after[2]?.flags).toEqual(['over_limit']);
    expect(await findMiscounts(jobId)).toEqual([]);
  });

  it('with a higher limit keeps what failed and is now short enough, without any engine', async () => {
    const { jobId, userId } = await addJob({
      status: 'failed',
      chunks: [{ status: 'failed', sentences: ['failed', 'rewritten'] }],
    });
    await retryJob(userId, jobId, { sentence_length_limit: 50 });
    expect(await jobRow(jobId)).toMatchObject({ sentencesKept: 1, sentencesRewritten: 1, sentencesFailed: 0 });
    expect((await runToTheEnd(jobId)).end).toEqual({ status: 'completed' });
  });

  it('starts once when asked twice at the same time', async () => {
    const { jobId, userId } = await partialJob();
    const answers = await Promise.allSettled([retryJob(userId, jobId, {}), retryJob(userId, jobId, {})]);
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await jobRow(jobId)).toMatchObject({ status: 'pending', retryCount: 1 });
  });

  it.each(['pending', 'processing'] as const)('refuses a %s job', async (status) => {
    const { jobId, userId } = await addJob({ status });
    await expect(retryJob(userId, jobId, {})).rejects.toMatchObject({ code: 'JOB_STATE_CONFLICT' });
  });

  it('refuses a job with nothing left to do, and changes nothing', async () => {
    const { jobId, userId } = await addJob({ status: 'completed' });
    await expect(retryJob(userId, jobId, {})).rejects.toMatchObject({ code: 'JOB_STATE_CONFLICT' });
    expect(await jobRow(jobId)).toMatchObject({ status: 'completed', retryCount: 0 });
  });

  it('refuses a job that was tried again as often as is allowed, and says what to do', async () => {
    const { jobId, userId } = await addJob({ status: 'cancelled', job: { retryCount: MAX_RETRIES } });
    const refusal = { code: 'JOB_STATE_CONFLICT', message: expect.stringContaining('Upload the novel anew') };
    await expect(retryJob(userId, jobId, {})).rejects.toMatchObject(refusal);
    expect(await jobRow(jobId)).toMatchObject({ status: 'cancelled', retryCount: MAX_RETRIES });
  });

  it('refuses a chunk that is done or does not exist', async () => {
    const { jobId, userId } = await partialJob();
    await expect(retryJob(userId, jobId, { chunks: [0] })).rejects.toMatchObject({ code: 'JOB_STATE_CONFLICT' });
    await expect(retryJob(userId, jobId, { chunks: [1, 9] })).rejects.toMatchObject({ code: 'JOB_STATE_CONFLICT' });
    const failed = await db().select().from(chunks).where(eq(chunks.jobId, jobId));
    expect(failed.filter(({ status }) => status === 'failed')).toHaveLength(2);
  });

  it('is not for somebody else', async () => {
    const { jobId } = await partialJob();
    await expect(retryJob(await addUser(), jobId, {})).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('says so when the job was never read and its file is gone', async () => {
    const { jobId, userId } = await addJob({ status: 'failed', chunks: [{}] });
    await expect(retryJob(userId, jobId, {})).rejects.toMatchObject({ code: 'FILE_EXPIRED' });
  });
});
