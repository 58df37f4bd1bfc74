import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { sql } from '@/db/client';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { addJob, longText } from '@/db/testing/factories';
import { standStill } from '@/db/testing/stand-still';
import { errorAnswer } from '@/e2e/support/fake-gemini-answers';
import { cancelJob } from './cancel-job';
import { deleteJob } from './delete-job';
import { failChunk } from './fail-chunk';
import { finishJob } from './finish-job';
import { processChunk } from './process-chunk';
import { requeueStalledJobs } from './requeue-stalled-jobs';
import { onJobChange } from './watch-jobs';

const { environment, fake } = await vi.hoisted(async () => {
  const { startFakeGemini } = await import('@/e2e/support/fake-gemini');
  const { prepareEnvironment } = await import('@/db/testing/prepare-environment');
  const fake = await startFakeGemini();
  return { fake, environment: prepareEnvironment({ GEMINI_API_KEY: 'key', GEMINI_BASE_URL: fake.url }) };
});

// The first use of reader and lexicons starts their processes, on a busy machine for many seconds.
vi.setConfig({ testTimeout: 60_000 });

connectTestDatabase();
beforeEach(async () => {
  fake.setLatency(0);
  fake.reset();
  await sql()`delete from model_pace`;
});
afterAll(async () => {
  await fake.close();
  environment.remove();
});

const FIRST = { isLastAttempt: false };
const LAST = { isLastAttempt: true };
const asked = () => fake.calls.map(({ numbers }) => numbers);

/** Two chunks of long sentences; a sentinel takes the place of a word in the sentence at that position. */
async function addOpen(engine: 'offline' | 'gemini', sentinels: Record<number, string> = {}) {
  const job = await addJob({
    status: 'processing',
    chunks: [{ sentences: ['kept', 'pending', 'pending'] }, { sentences: ['pending'] }],
    job: { engine },
  });
  for (const [position, sentinel] of Object.entries(sentinels)) {
    const text = longText(Number(position)).replace('longuement', `longuement vers ${sentinel}`);
    await sql()`update sentences set original = ${text} where job_id = ${job.jobId} and position = ${position}`;
  }
  return job;
}

const jobOf = async (jobId: string) => {
  const [row] = await sql()`
    select status, processed_chunks as processed, failed_chunks as failed, sentences_kept as kept,
      sentences_rewritten as rewritten, sentences_failed as lost, model_calls as calls, model_tokens as tokens
    from jobs where id = ${jobId}`;
  return row;
};
const chunkOf = async (jobId: string, index: number) => {
  const [row] = await sql()`
    select status, attempts, error_code as code, model_calls as calls from chunks
    where job_id = ${jobId} and index = ${index}`;
  return row;
};
const statusesOf = async (jobId: string) => {
  const rows = await sql()<{ status: string }[]>`
    select status from sentences where job_id = ${jobId} order by position`;
  return rows.map(({ status }) => status);
};

describe('processChunk, offline', () => {
  it('settles what is open in its chunk, and only there', async () => {
    const { jobId } = await addOpen('offline');
    expect(await processChunk(jobId, 0, FIRST)).toEqual({ chunk: 0, outcome: 'done', sentences: 2 });
    expect(await statusesOf(jobId)).toEqual(['kept', 'rewritten', 'rewritten', 'pending']);
    expect(await jobOf(jobId)).toMatchObject({ processed: 1, failed: 0, kept: 1, rewritten: 2, calls: 0, tokens: 0 });
    expect(await chunkOf(jobId, 0)).toMatchObject({ status: 'done', attempts: 1, code: null });
    expect(await chunkOf(jobId, 1)).toMatchObject({ status: 'pending', attempts: 0 });
  });

  it('does nothing when it is done again', async () => {
    const { jobId } = await addOpen('offline');
    await processChunk(jobId, 0, FIRST);
    const before = await jobOf(jobId);
    expect(await processChunk(jobId, 0, FIRST)).toMatchObject({ outcome: 'stopped' });
    expect(await jobOf(jobId)).toEqual(before);
  });

  it('counts once when two do it at the same time', async () => {
    const { jobId } = await addOpen('offline');
    const receipts = await Promise.all([processChunk(jobId, 0, FIRST), processChunk(jobId, 0, FIRST)]);
    expect(receipts.map(({ outcome }) => outcome).sort()).toEqual(['done', 'stopped']);
    expect(await jobOf(jobId)).toMatchObject({ processed: 1, kept: 1, rewritten: 2 });
  });

  it('runs beside other chunks of the job, and all of it adds up', async () => {
    const { jobId } = await addOpen('offline');
    await Promise.all([processChunk(jobId, 0, FIRST), processChunk(jobId, 1, FIRST)]);
    expect(await finishJob(jobId)).toEqual({ status: 'completed' });
  });

  it.each(['pending', 'completed', 'failed', 'cancelled'] as const)('leaves a %s job alone', async (status) => {
    const { jobId } = await addJob({ status });
    const before = await jobOf(jobId);
    expect(await processChunk(jobId, 0, LAST)).toMatchObject({ outcome: 'stopped' });
    expect(await jobOf(jobId)).toEqual(before);
  });

  it('finds nothing to do where there is no job or no such chunk', async () => {
    const { jobId } = await addOpen('offline');
    expect(await processChunk('nothing', 0, LAST)).toMatchObject({ outcome: 'stopped' });
    expect(await processChunk(jobId, 7, LAST)).toMatchObject({ outcome: 'stopped' });
  });

  it('ends a chunk that has no sentences', async () => {
    const { jobId } = await addJob({ status: 'processing', chunks: [{ sentences: ['kept'] }, {}] });
    await Promise.all([processChunk(jobId, 0, FIRST), processChunk(jobId, 1, FIRST)]);
    expect(await finishJob(jobId)).toEqual({ status: 'completed' });
  });
});

describe('processChunk, with Gemini', () => {
  it('asks once for a chunk and counts what it cost', async () => {
    const { jobId } = await addOpen('gemini');
    expect(await processChunk(jobId, 0, FIRST)).toMatchObject({ outcome: 'done' });
    expect(asked()).toEqual([[1, 2]]);
    expect(await jobOf(jobId)).toMatchObject({
      rewritten: 2,
      calls: 1,
      tokens: expect.toSatisfy((n: number) => n > 0),
    });
    expect(await chunkOf(jobId, 0)).toMatchObject({ calls: 1 });
  });

  it('throws what can pass and succeeds the next time', async () => {
    const { jobId } = await addOpen('gemini', { 2: 'Sentinelle500' });
    await expect(processChunk(jobId, 0, FIRST)).rejects.toMatchObject({ code: 'MODEL_UNAVAILABLE' });
    expect(await chunkOf(jobId, 0)).toMatchObject({ status: 'processing', attempts: 1 });
    expect(await processChunk(jobId, 0, FIRST)).toMatchObject({ outcome: 'done' });
    expect(asked()).toEqual([
      [1, 2],
      [1, 2],
    ]);
    expect(await chunkOf(jobId, 0)).toMatchObject({ status: 'done', attempts: 2 });
  });

  it('remembers when the model said to come again', async () => {
    const { jobId } = await addOpen('gemini');
    fake.setFaults(() => errorAnswer(503, 'UNAVAILABLE', [], { 'retry-after': '900' }));
    await expect(processChunk(jobId, 0, FIRST)).rejects.toMatchObject({ retryAfterMs: 900_000 });
    await standStill(jobId, 11 * 60);
    expect(await requeueStalledJobs()).toBe(0);
  });

  it('waits when the model asks to slow down, and uses up no attempt', async () => {
    const { jobId } = await addOpen('gemini', { 2: 'Sentinelle429' });
    expect(await processChunk(jobId, 0, FIRST)).toMatchObject({ outcome: 'done' });
    expect(fake.calls.map(({ status }) => status)).toEqual([429, 200]);
    expect(await chunkOf(jobId, 0)).toMatchObject({ status: 'done', attempts: 1, calls: 1 });
  });

  it('stops within a second of a cancel that finds it waiting to ask again', async () => {
    const { jobId, userId } = await addOpen('gemini');
    await sql()`insert into model_pace (resume_at) values (now() + interval '1 hour')`;
    const working = processChunk(jobId, 0, FIRST);
    await expect.poll(async () => (await chunkOf(jobId, 0))?.attempts).toBe(1);
    const cancelledAt = performance.now();
    await cancelJob(userId, jobId, 'me');
    expect(await working).toMatchObject({ outcome: 'stopped' });
    expect(performance.now() - cancelledAt).toBeLessThan(1000);
    expect(fake.calls).toEqual([]);
  });

  it('asks, after a failure, only for what is missing', async () => {
    // More words than one call takes, and the second call fails.
    const count = 460;
    const { jobId } = await addJob({
      status: 'processing',
      chunks: [{ sentences: Array.from({ length: count }, () => 'pending') }],
      job: { engine: 'gemini' },
    });
    await sql()`
      update sentences set original = replace(original, 'longuement', 'longuement vers Sentinelle500')
      where job_id = ${jobId} and position = ${count - 1}`;
    await expect(processChunk(jobId, 0, FIRST)).rejects.toMatchObject({ code: 'MODEL_UNAVAILABLE' });
    const settled = (await statusesOf(jobId)).filter((status) => status === 'rewritten').length;
    expect(await jobOf(jobId)).toMatchObject({ rewritten: settled, calls: 1 });
    await processChunk(jobId, 0, FIRST);
    const [first = [], failed = [], retried = []] = asked();
    expect(first).toHaveLength(settled);
    expect(first.concat(failed)).toEqual(Array.from({ length: count }, (_, position) => position));
    expect(retried).toEqual(failed);
    expect(fake.calls).toHaveLength(3);
    expect(await jobOf(jobId)).toMatchObject({ processed: 1, rewritten: count, calls: 2 });
  });

  it('gives the chunk up at the last attempt, keeping what is done, and the job goes on', async () => {
    const { jobId } = await addOpen('gemini', { 1: 'Sentinelle500Toujours' });
    await expect(processChunk(jobId, 0, FIRST)).rejects.toMatchObject({ code: 'MODEL_UNAVAILABLE' });
    expect(await processChunk(jobId, 0, LAST)).toEqual({ chunk: 0, outcome: 'failed', sentences: 0 });
    expect(await chunkOf(jobId, 0)).toMatchObject({ status: 'failed', attempts: 2, code: 'MODEL_UNAVAILABLE' });
    expect(await statusesOf(jobId)).toEqual(['kept', 'failed', 'failed', 'pending']);
    await processChunk(jobId, 1, FIRST);
    expect(await finishJob(jobId)).toEqual({ status: 'completed' });
    expect(await jobOf(jobId)).toMatchObject({ processed: 1, failed: 1, kept: 1, rewritten: 1, lost: 2 });
  });

  it('gives the chunk up at once when the model refuses for good', async () => {
    const { jobId } = await addOpen('gemini', { 1: 'SentinelleRefusee' });
    expect(await processChunk(jobId, 0, FIRST)).toMatchObject({ outcome: 'failed' });
    expect(await chunkOf(jobId, 0)).toMatchObject({ status: 'failed', attempts: 1, code: 'MODEL_REQUEST_REFUSED' });
    expect(fake.calls).toHaveLength(1);
  });

  it('fails a chunk once when two give it up', async () => {
    const { jobId } = await addOpen('gemini');
    await Promise.all([1, 2].map(() => failChunk(jobId, 0, 'MODEL_BLOCKED', 'Declined.')));
    expect(await jobOf(jobId)).toMatchObject({ failed: 1, lost: 2 });
  });

  it('stops within a second of a cancel, aborts the call and makes no other', async () => {
    const { jobId, userId } = await addOpen('gemini');
    await processChunk(jobId, 1, FIRST);
    fake.reset();
    fake.setLatency(60_000);
    const working = processChunk(jobId, 0, FIRST);
    await expect.poll(() => fake.calls.length).toBe(1);
    const cancelledAt = performance.now();
    await cancelJob(userId, jobId, 'me');
    expect(await working).toMatchObject({ outcome: 'stopped' });
    expect(performance.now() - cancelledAt).toBeLessThan(1000);
    await expect.poll(() => fake.calls[0]?.aborted).toBe(true);
    expect(fake.calls).toHaveLength(1);
    expect(await statusesOf(jobId)).toEqual(['kept', 'pending', 'pending', 'rewritten']);
    expect(await jobOf(jobId)).toMatchObject({ status: 'cancelled', kept: 1, rewritten: 1, lost: 0 });
  });

  it('stops when the job is deleted', async () => {
    const { jobId, userId } = await addOpen('gemini');
    fake.setLatency(60_000);
    const working = processChunk(jobId, 0, LAST);
    await expect.poll(() => fake.calls.length).toBe(1);
    await deleteJob(userId, jobId);
    expect(await working).toMatchObject({ outcome: 'stopped' });
  });

  it('goes on when it cannot look at the job for a moment', async () => {
    const { jobId } = await addOpen('gemini');
    fake.setLatency(500);
    const working = processChunk(jobId, 0, FIRST);
    await expect.poll(() => fake.calls.length).toBe(1);
    await sql()`alter table jobs rename to hidden`;
    const told = new Promise<void>((resolve) => void onJobChange(jobId, () => resolve()));
    await sql()`select pg_notify('job_changed', ${jobId})`;
    await told;
    await expect(sql()`select 1 from jobs`).rejects.toThrow();
    await sql()`alter table hidden rename to jobs`;
    expect(await working).toMatchObject({ outcome: 'done' });
  });

  it('counts a call that was paid for although the job had ended meanwhile, and stores nothing of it', async () => {
    const { jobId } = await addOpen('gemini');
    await sql()`alter table jobs disable trigger jobs_announce`;
    fake.setLatency(300);
    const working = processChunk(jobId, 0, FIRST);
    await expect.poll(() => fake.calls.length).toBe(1);
    await sql()`
      update jobs set status = 'cancelled', cancelled_at = now(), completed_at = now() where id = ${jobId}`;
    expect(await working).toMatchObject({ outcome: 'stopped' });
    await sql()`alter table jobs enable trigger jobs_announce`;
    expect(await jobOf(jobId)).toMatchObject({ status: 'cancelled', calls: 1, rewritten: 0 });
    expect(await statusesOf(jobId)).toEqual(['kept', 'pending', 'pending', 'pending']);
  });
});
