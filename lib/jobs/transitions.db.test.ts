import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { db } from '@/db/client';
import { chunks, jobs, novels, sentences } from '@/db/schema';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { type AddedJob, addJob, addUser } from '@/db/testing/factories';
import { isAppError } from '@/lib/errors';
import { cancelJob } from './cancel-job';
import { deleteJob } from './delete-job';
import { failJob } from './fail-job';
import { finishJob } from './finish-job';
import { findStatus, startJob } from './start-job';
import { canTransition, isTerminal, JOB_STATUSES, type JobStatus } from './status';

connectTestDatabase();

const rowOf = async (jobId: string) => {
  const [row] = await db().select().from(jobs).where(eq(jobs.id, jobId));
  return row;
};
const cancel = ({ userId, jobId }: AddedJob) => cancelJob(userId, jobId, 'reader@example.org');
/** What an answer came to: the status it reports, or the code it failed with. */
const outcomeOf = (answer: Promise<{ status: string }>) =>
  answer.then(
    ({ status }) => status,
    (error: unknown) => {
      if (!isAppError(error)) throw error;
      return error.code;
    },
  );

/** A processing job with nothing left to do. */
const addSettled = () =>
  addJob({ status: 'processing', chunks: [{ status: 'done', sentences: ['kept', 'rewritten'] }] });
const addIn = (status: JobStatus) => (status === 'processing' ? addSettled() : addJob({ status }));

describe.each(JOB_STATUSES)('a %s job', (status) => {
  const expected = (transition: 'start' | 'finish' | 'fail' | 'cancel', to: JobStatus) =>
    canTransition(status, transition) ? to : status;

  it('is started only while it waits', async () => {
    const { jobId } = await addIn(status);
    const { isRunning } = await startJob(jobId);
    expect(await findStatus(jobId)).toBe(expected('start', 'processing'));
    expect(isRunning).toBe(!isTerminal(status));
  });

  it('is finished only while it runs', async () => {
    const { jobId } = await addIn(status);
    expect(await finishJob(jobId)).toEqual({ status: expected('finish', 'completed') });
    expect(await findStatus(jobId)).toBe(expected('finish', 'completed'));
  });

  it('is failed only before it has ended', async () => {
    const { jobId } = await addIn(status);
    const before = await rowOf(jobId);
    await failJob(jobId, 'PDF_NO_TEXT', 'No sentence.');
    const row = await rowOf(jobId);
    expect(row?.status).toBe(expected('fail', 'failed'));
    if (isTerminal(status)) expect(row).toEqual(before);
    else expect(row).toMatchObject({ step: 'failed', errorCode: 'PDF_NO_TEXT', errorDetail: 'No sentence.' });
  });

  it('is cancelled only before it has ended', async () => {
    const job = await addIn(status);
    const answer = status === 'completed' || status === 'failed' ? 'JOB_STATE_CONFLICT' : 'cancelled';
    expect(await outcomeOf(cancel(job))).toBe(answer);
    expect(await findStatus(job.jobId)).toBe(expected('cancel', 'cancelled'));
  });

  it('changes nothing when the same is done again', async () => {
    for (const act of [
      ({ jobId }: AddedJob) => startJob(jobId),
      ({ jobId }: AddedJob) => finishJob(jobId),
      ({ jobId }: AddedJob) => failJob(jobId, 'INTERNAL', 'first'),
      (job: AddedJob) => outcomeOf(cancel(job)),
    ]) {
      const job = await addIn(status);
      await act(job);
      const once = await rowOf(job.jobId);
      await act(job);
      expect(await rowOf(job.jobId)).toEqual(once);
    }
  });

  it('can be deleted by its owner, with all that belongs to it', async () => {
    const { userId, jobId, novelId } = await addIn(status);
    await deleteJob(userId, jobId);
    expect(await rowOf(jobId)).toBeUndefined();
    expect(await db().select().from(chunks).where(eq(chunks.jobId, jobId))).toEqual([]);
    expect(await db().select().from(sentences).where(eq(sentences.jobId, jobId))).toEqual([]);
    expect(await db().select().from(novels).where(eq(novels.id, novelId))).toEqual([]);
    await expect(deleteJob(userId, jobId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is not there for anybody else', async () => {
    const { jobId } = await addIn(status);
    const stranger = await addUser();
    const before = await rowOf(jobId);
    await expect(cancelJob(stranger, jobId, 'stranger')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(deleteJob(stranger, jobId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await rowOf(jobId)).toEqual(before);
  });
});

it('says who cancelled, when, and keeps that when somebody cancels again', async () => {
  const job = await addJob({ status: 'processing' });
  const first = await cancel(job);
  expect(first).toMatchObject({
    is_cancelled: true,
    cancelled_by: 'reader@example.org',
    links: { self: expect.any(String) },
  });
  expect(first.links.cancel).toBeUndefined();
  expect(first.cancelled_at).toBe(first.completed_at);
  expect(await cancelJob(job.userId, job.jobId, 'somebody else')).toEqual(first);
});

it('answers for a job that is not there', async () => {
  const userId = await addUser();
  await expect(cancelJob(userId, 'nothing', 'me')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(await startJob('nothing')).toEqual({ isRunning: false });
  expect(await finishJob('nothing')).toEqual({ status: 'deleted' });
  await failJob('nothing', 'INTERNAL', 'detail');
});

it('starts once when two start it', async () => {
  const { jobId } = await addJob();
  const answers = await Promise.all([startJob(jobId), startJob(jobId)]);
  expect(answers).toEqual([{ isRunning: true }, { isRunning: true }]);
  expect((await rowOf(jobId))?.version).toBe(2);
});

it('lets exactly one of cancel and finish win, whichever comes first', async () => {
  const winners = new Set<string>();
  for (let round = 0; round < 60; round += 1) {
    const job = await addSettled();
    const finish = () => outcomeOf(finishJob(job.jobId));
    const stop = () => outcomeOf(cancel(job));
    const [one, other] = await Promise.all(round % 2 === 0 ? [finish(), stop()] : [stop(), finish()]);
    const [finished, cancelled] = round % 2 === 0 ? [one, other] : [other, one];
    const row = await rowOf(job.jobId);
    expect([finished, cancelled]).toEqual(
      row?.status === 'completed' ? ['completed', 'JOB_STATE_CONFLICT'] : ['cancelled', 'cancelled'],
    );
    expect(row?.version).toBe(2);
    winners.add(String(row?.status));
  }
  expect([...winners].sort()).toEqual(['cancelled', 'completed']);
});

it('cancels once when two cancel it', async () => {
  const job = await addJob({ status: 'processing' });
  const [one, other] = await Promise.all([cancel(job), cancel(job)]);
  expect(one).toEqual(other);
  expect((await rowOf(job.jobId))?.version).toBe(2);
});

it('deletes once when two delete it', async () => {
  const { userId, jobId } = await addJob({ status: 'completed' });
  const results = await Promise.allSettled([deleteJob(userId, jobId), deleteJob(userId, jobId)]);
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});

it('keeps the novel while another job needs it', async () => {
  const first = await addJob({ status: 'completed' });
  const second = await addJob({ status: 'completed', userId: first.userId });
  await db().update(jobs).set({ novelId: first.novelId }).where(eq(jobs.id, second.jobId));
  await deleteJob(first.userId, first.jobId);
  expect(await db().select().from(novels).where(eq(novels.id, first.novelId))).toHaveLength(1);
  await deleteJob(first.userId, second.jobId);
  expect(await db().select().from(novels).where(eq(novels.id, first.novelId))).toEqual([]);
});
