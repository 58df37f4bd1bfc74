import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { db, sql } from '@/db/client';
import { jobs } from '@/db/schema';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { addJob } from '@/db/testing/factories';
import { refuseChanges } from '@/db/testing/refuse-changes';
import type { Rewrite } from '@/lib/rewrite/engine';
import { cancelJob } from './cancel-job';
import { failChunk } from './fail-chunk';
import { getReport } from './get-report';
import { getJob } from './queries';
import { requeueJobs } from './requeue-stalled-jobs';
import { retryJob } from './retry-job';
import { settleSentences } from './settle-sentences';
import { startJob } from './start-job';

connectTestDatabase();

const FREE = { calls: 0, tokens: 0 };
const rewritten = (position: number, rewrites = ['Il vint.', 'Il but.']): Rewrite => ({
  position,
  status: 'rewritten',
  rewrites,
  method: 'gemini',
  flags: [],
});
const kept = (position: number): Rewrite => ({
  position,
  status: 'kept',
  rewrites: ['as it was'],
  method: 'kept',
  flags: ['over_limit', 'nominal'],
});
const addOpen = (count: number) =>
  addJob({ status: 'processing', chunks: [{ sentences: Array.from({ length: count }, () => 'pending') }] });
const stored = (jobId: string) =>
  sql()`select status, rewrites, method, flags from sentences where job_id = ${jobId} order by position`;

it('stores what an engine made, with its flags', async () => {
  const { jobId } = await addOpen(2);
  expect(await settleSentences({ jobId, index: 0, run: 0 }, [rewritten(0), kept(1)], { calls: 1, tokens: 70 })).toBe(
    true,
  );
  expect(await stored(jobId)).toEqual([
    { status: 'rewritten', rewrites: ['Il vint.', 'Il but.'], method: 'gemini', flags: [] },
    { status: 'kept', rewrites: [], method: 'kept', flags: ['over_limit', 'nominal'] },
  ]);
});

it('lets what was settled first stand, and counts it once', async () => {
  const { jobId, userId } = await addOpen(2);
  await settleSentences({ jobId, index: 0, run: 0 }, [rewritten(0)], FREE);
  await settleSentences({ jobId, index: 0, run: 0 }, [rewritten(0, ['Autre.']), kept(1)], FREE);
  expect((await stored(jobId)).map(({ rewrites }) => rewrites)).toEqual([['Il vint.', 'Il but.'], []]);
  expect((await getJob(userId, jobId)).job.sentences).toMatchObject({ rewritten: 1, kept: 1 });
});

it('takes nothing for another chunk or a place that is not there', async () => {
  const { jobId } = await addJob({
    status: 'processing',
    chunks: [{ sentences: ['pending'] }, { sentences: ['pending'] }],
  });
  await settleSentences({ jobId, index: 0, run: 0 }, [rewritten(1), rewritten(9), rewritten(-1)], FREE);
  expect((await stored(jobId)).map(({ status }) => status)).toEqual(['pending', 'pending']);
});

it('stores any text that a model may write, but for what PostgreSQL cannot hold', async () => {
  const { jobId } = await addOpen(1);
  const text = 'L\u0000’été « d’après » — \\u0000 \ud83d\ude00 \ud83d "x", {y}, NULL';
  await settleSentences({ jobId, index: 0, run: 0 }, [rewritten(0, [text, 'NULL'])], FREE);
  expect((await stored(jobId))[0]?.rewrites).toEqual([
    'L’été « d’après » — \\u0000 \ud83d\ude00 \ufffd "x", {y}, NULL',
    'NULL',
  ]);
});

it('what is paid for is stored when the database is back', async () => {
  const { jobId, userId } = await addOpen(2);
  const comeBack = await refuseChanges({
    table: 'jobs',
    when: 'new.model_calls > old.model_calls',
    times: 2,
    errcode: '57P01',
  });
  expect(await settleSentences({ jobId, index: 0, run: 0 }, [rewritten(0)], { calls: 1, tokens: 70 })).toBe(true);
  await comeBack();
  const { job } = await getJob(userId, jobId);
  expect(job).toMatchObject({ gemini_api_calls: 1, gemini_tokens_used: 70, sentences: { rewritten: 1 } });
});

it('counts once what was stored though the news of it was lost', async () => {
  const { jobId, userId } = await addOpen(2);
  const lose = db().transaction.bind(db());
  const lost = vi.spyOn(db(), 'transaction').mockImplementationOnce(async (work) => {
    await lose(work);
    throw Object.assign(new Error('lost'), { code: 'CONNECTION_CLOSED' });
  });
  await settleSentences({ jobId, index: 0, run: 0 }, [rewritten(0)], { calls: 1, tokens: 70 });
  expect(lost).toHaveBeenCalledTimes(2);
  lost.mockRestore();
  const { job } = await getJob(userId, jobId);
  expect(job).toMatchObject({ gemini_api_calls: 1, gemini_tokens_used: 70, sentences: { rewritten: 1 } });
});

it('takes what was paid for while another run is about to go on', async () => {
  const { jobId } = await addOpen(2);
  await requeueJobs(eq(jobs.id, jobId));
  expect(await settleSentences({ jobId, index: 0, run: 0 }, [rewritten(0)], FREE)).toBe(false);
  expect((await stored(jobId)).map(({ status }) => status)).toEqual(['rewritten', 'pending']);
});

it('what comes late, after a retry, is neither taken nor charged to it', async () => {
  const { jobId, userId } = await addOpen(2);
  await cancelJob(userId, jobId, userId);
  const { run } = await retryJob(userId, jobId, {});
  await startJob(jobId, { run, runId: 'new' });
  expect(await settleSentences({ jobId, index: 0, run: 0 }, [rewritten(0)], { calls: 1, tokens: 70 })).toBe(false);
  expect((await stored(jobId)).map(({ status }) => status)).toEqual(['pending', 'pending']);
  await settleSentences({ jobId, index: 0, run }, [rewritten(1)], { calls: 1, tokens: 30 });
  const [counted] = await sql()`select model_calls, model_tokens, tokens_before_run from jobs where id = ${jobId}`;
  expect(counted).toEqual({ model_calls: 2, model_tokens: 100, tokens_before_run: 70 });
});

it('keeps the counters equal to the sentences, in whatever order work is done, done again and given up', async () => {
  const act = fc.oneof(
    fc.record({ kind: fc.constant('rewrite'), at: fc.integer({ min: 0, max: 9 }) }),
    fc.record({ kind: fc.constant('keep'), at: fc.integer({ min: 0, max: 9 }) }),
    fc.record({ kind: fc.constant('give up'), at: fc.integer({ min: 0, max: 1 }) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 12 }), async (acts) => {
      const half = { sentences: Array.from({ length: 5 }, () => 'pending' as const) };
      const { jobId, userId } = await addJob({ status: 'processing', chunks: [half, half] });
      let progress = 0;
      for (const wave of [acts.slice(0, 6), acts.slice(6)]) {
        await Promise.all(
          wave.map(({ kind, at }) => {
            if (kind === 'give up') return failChunk(jobId, at, 'MODEL_BLOCKED', 'Declined.');
            const rewrite = kind === 'keep' ? kept(at) : rewritten(at);
            return settleSentences({ jobId, index: at < 5 ? 0 : 1, run: 0 }, [rewrite], { calls: 1, tokens: 3 });
          }),
        );
        const { job } = await getJob(userId, jobId);
        const { sentences } = await getReport(userId, jobId);
        expect(job.sentences).toMatchObject({
          kept: sentences.kept,
          rewritten: sentences.rewritten,
          failed: sentences.failed,
        });
        expect(job.progress_percent).toBeGreaterThanOrEqual(progress);
        progress = job.progress_percent;
      }
      const { job } = await getJob(userId, jobId);
      expect(job.gemini_api_calls).toBe(acts.filter(({ kind }) => kind !== 'give up').length);
      expect(progress).toBeLessThan(100);
    }),
    { numRuns: 15 },
  );
});
