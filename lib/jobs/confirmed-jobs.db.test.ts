import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { POST as estimateRoute } from '@/app/api/v1/estimate/route';
import { POST as confirmRoute } from '@/app/api/v1/jobs/confirm/route';
import { POST as asyncRoute } from '@/app/api/v1/process-pdf-async/route';
import { sql } from '@/db/client';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { addUser } from '@/db/testing/factories';
import { askRoute, novelForm } from '@/e2e/support/ask-route';
import { makeNovel } from '@/e2e/support/novel-maker';
import { getCredits, listLedger } from '@/lib/credits/queries';
import { cancelJob } from './cancel-job';
import { deleteJob } from './delete-job';
import { failJob } from './fail-job';
import { getReport } from './get-report';
import { listWaitingJobs } from './list-waiting-jobs';
import { getJob } from './queries';
import { ConfirmedJob, Quote, StartedJob } from './quote-schema';
import { retryJob } from './retry-job';
import { sweepQuotes } from './sweep-quotes';

const { dataDir, remove } = await vi.hoisted(async () =>
  (await import('@/db/testing/prepare-environment')).prepareEnvironment({
    GEMINI_API_KEY: 'key',
    // Nobody is there: a start is sent again by the sweep.
    INNGEST_DEV: 'http://127.0.0.1:9',
    MONTHLY_CREDITS: '500',
  }),
);

// The first use of reader and lexicons starts their processes, on a busy machine for many seconds.
vi.setConfig({ testTimeout: 90_000 });

connectTestDatabase();
let small: Uint8Array;
let large: Uint8Array;
let userId = '';
beforeAll(async () => {
  small = (await makeNovel({ seed: 3, pages: 1 })).pdf;
  large = (await makeNovel({ seed: 4, pages: 4 })).pdf;
});
beforeEach(async () => {
  userId = await addUser();
});
afterEach(async () => {
  await sql()`delete from users`;
  rmSync(join(dataDir, 'files'), { recursive: true, force: true });
});
afterAll(remove);

const stored = () => {
  const root = join(dataDir, 'files');
  return existsSync(root) ? readdirSync(root).filter((name) => name.endsWith('.pdf')) : [];
};
const estimate = (pdf: Uint8Array, fields: Record<string, string> = {}, as = userId) =>
  askRoute(estimateRoute, as, novelForm(pdf, fields));
const confirm = (body: unknown, as = userId) => askRoute(confirmRoute, as, JSON.stringify(body));
const send = (jobId: string, pdf: Uint8Array, fields: Record<string, string> = {}, as = userId) =>
  askRoute(asyncRoute, as, novelForm(pdf, { job_id: jobId, ...fields }));

const quoted = async (pdf = small, fields: Record<string, string> = {}) =>
  Quote.parse(await (await estimate(pdf, fields)).json());
const confirmed = async (pdf = small, fields: Record<string, string> = {}) => {
  const quote = await quoted(pdf, fields);
  const response = await confirm({ quote_id: quote.quote_id });
  expect(response.status).toBe(201);
  return { quote, job: ConfirmedJob.parse(await response.json()) };
};
const problem = async (response: Promise<Response>) => (await response).json();
const kinds = async () => (await listLedger(userId, { limit: 100 })).items.map(({ kind }) => kind).reverse();
const find = async (jobId: string) => (await getJob(userId, jobId)).job;

describe('a quote', () => {
  it('says what the novel holds and costs, and leaves nothing but itself', async () => {
    const quote = await quoted(large, { gemini_model: 'quality' });
    expect(quote).toMatchObject({
      file: { name: 'Le Phare.pdf', pages: 4, text_pages: 4, scanned_pages: 0, blank_pages: 0, bytes: large.length },
      chunks: 1,
      workers: 1,
      engine: 'gemini',
      gemini_model: 'quality',
      warnings: [],
    });
    expect(quote.sentences).toBeGreaterThan(quote.kept_sentences);
    expect(quote.estimated_credits).toBe(Math.ceil((quote.estimated_tokens * 5) / 1000));
    expect(stored()).toEqual([]);
    expect(await kinds()).toEqual(['grant']);
    const [rows] =
      await sql()`select (select count(*)::int from jobs) as jobs, (select count(*)::int from novels) as novels`;
    expect(rows).toEqual({ jobs: 0, novels: 0 });
  });

  it('costs by the model, and nothing without one', async () => {
    const [speed, balanced, offline] = [
      await quoted(small, { gemini_model: 'speed' }),
      await quoted(small),
      await quoted(small, { engine: 'offline' }),
    ];
    expect(speed.estimated_tokens).toBe(balanced.estimated_tokens);
    expect(speed.estimated_credits).toBeLessThan(balanced.estimated_credits);
    expect(offline).toMatchObject({ estimated_tokens: 0, estimated_credits: 0 });
  });

  it('warns when nothing is over the limit, or more is needed than is left', async () => {
    const easy = await quoted(small, { sentence_length_limit: '50' });
    expect(easy).toMatchObject({ warnings: [{ code: 'NOTHING_TO_REWRITE' }], estimated_credits: 0 });
    await sql()`insert into ledger_entries (id, user_id, kind, amount, month, actor, note)
      values ('taken', ${userId}, 'adjustment', -500, to_char(now() at time zone 'UTC', 'YYYY-MM'), 'test', 'taken')`;
    expect(await quoted()).toMatchObject({ warnings: [{ code: 'INSUFFICIENT_CREDITS' }] });
  });

  it.each([
    [{ sentence_length_limit: '-8' }],
    [{ sentence_length_limit: '99999999999999999999' }],
    [{ min_sentence_length: '1e400' }],
    [{ gemini_model: 'free' }],
  ])('is refused for %j, and leaves nothing', async (fields) => {
    expect(await problem(estimate(small, fields))).toMatchObject({ status: 422, code: 'INVALID_INPUT' });
    expect(stored()).toEqual([]);
  });
});

describe('a confirmed job', () => {
  it('waits for its file with its credits put aside, and starts with it', async () => {
    const { quote, job } = await confirmed(large);
    expect(job).toMatchObject({ status: 'pending', reserved_credits: quote.estimated_credits });
    expect(await listWaitingJobs(-1000)).toEqual([]);
    const response = await send(job.job_id, large);
    expect(response.status).toBe(202);
    expect(response.headers.get('location')).toBe(`/api/v1/jobs/${job.job_id}`);
    expect(StartedJob.parse(await response.json())).toMatchObject({ job_id: job.job_id, status: 'pending' });
    expect(await listWaitingJobs(-1000)).toMatchObject([{ jobId: job.job_id, run: 0 }]);
    const credits = { estimated_credits: quote.estimated_credits, reserved_credits: quote.estimated_credits };
    expect(await find(job.job_id)).toMatchObject({ ...credits, actual_credits: 0, pages: 4 });
    expect(await getCredits(userId)).toMatchObject({ reserved: quote.estimated_credits, used: 0 });
    expect(stored()).toHaveLength(1);
  });

  it('costs what the server says, whatever price is sent along', async () => {
    const price = { estimated_credits: '0', reserved_credits: '-5', credits: '1', price: '0', estimated_tokens: '1' };
    const quote = await quoted(small, price);
    const honest = await quoted(small);
    expect(quote.estimated_credits).toBe(honest.estimated_credits);
    const body = await (await confirm({ quote_id: quote.quote_id, ...price, credits: -1000 })).json();
    expect(body).toMatchObject({ reserved_credits: honest.estimated_credits });
    expect((await getCredits(userId)).balance).toBe(500 - honest.estimated_credits);
  });

  it('does not take another, larger file', async () => {
    const { job } = await confirmed(small);
    const answer = await problem(send(job.job_id, large));
    expect(answer).toMatchObject({ status: 409, code: 'QUOTE_MISMATCH', errors: [{ field: 'pdf_file' }] });
    expect(stored()).toEqual([]);
    expect(await listWaitingJobs(-1000)).toEqual([]);
    expect((await send(job.job_id, small)).status).toBe(202);
  });

  it('does not run on other settings than were quoted', async () => {
    const { job } = await confirmed(small, { gemini_model: 'speed', sentence_length_limit: '10' });
    const dearer = { gemini_model: 'quality', sentence_length_limit: '4' };
    expect(await problem(send(job.job_id, small, dearer))).toMatchObject({
      status: 409,
      code: 'QUOTE_MISMATCH',
      errors: [{ field: 'sentence_length_limit' }, { field: 'gemini_model' }],
    });
    expect((await send(job.job_id, small, { gemini_model: 'speed', sentence_length_limit: '10' })).status).toBe(202);
    expect(await find(job.job_id)).toMatchObject({ gemini_model: 'speed', sentence_length_limit: 10 });
  });

  it('starts once when fifty send its file at the same time', async () => {
    const { job } = await confirmed(small);
    const responses = await Promise.all(Array.from({ length: 50 }, () => send(job.job_id, small)));
    expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([202]));
    const answers = await Promise.all(responses.map(async (response) => StartedJob.parse(await response.json())));
    expect(new Set(answers.map(({ task_id }) => task_id)).size).toBe(1);
    expect(answers.filter(({ message }) => message.includes('turn'))).toHaveLength(1);
    expect(stored()).toHaveLength(1);
    expect(await kinds()).toEqual(['grant', 'reserve']);
  });

  it('is made once from a quote, however many confirm it', async () => {
    const quote = await quoted();
    const responses = await Promise.all(Array.from({ length: 20 }, () => confirm({ quote_id: quote.quote_id })));
    expect(responses.map(({ status }) => status).toSorted()).toEqual([201, ...Array.from({ length: 19 }, () => 409)]);
    expect(await problem(confirm({ quote_id: quote.quote_id }))).toMatchObject({ code: 'QUOTE_USED' });
    expect(await kinds()).toEqual(['grant', 'reserve']);
  });

  it('is not for somebody else, from the quote to the file', async () => {
    const stranger = await addUser();
    const quote = await quoted();
    expect(await problem(confirm({ quote_id: quote.quote_id }, stranger))).toMatchObject({ status: 404 });
    const { job } = await confirmed();
    expect(await problem(send(job.job_id, small, {}, stranger))).toMatchObject({ status: 404 });
    expect(stored()).toEqual([]);
    expect(await find(job.job_id)).toMatchObject({ status: 'pending' });
  });

  it('is not made from a quote that is too old, or of an older price', async () => {
    const [late, dated] = [await quoted(), await quoted()];
    await sql()`update quotes set expires_at = now() - interval '1 second' where id = ${late.quote_id}`;
    await sql()`update quotes set price_version = '2020-01' where id = ${dated.quote_id}`;
    for (const { quote_id } of [late, dated]) {
      expect(await problem(confirm({ quote_id }))).toMatchObject({ status: 409, code: 'QUOTE_EXPIRED' });
    }
    expect(await kinds()).toEqual(['grant']);
  });

  it.each([[{}], [{ quote_id: 7 }], [{ quote_id: -1 }], [{ quote_id: '' }], [{ quote_id: 'x'.repeat(5000) }], [[]]])(
    'is not made from %j',
    async (body) => {
      expect(await problem(confirm(body))).toMatchObject({ status: 422, code: 'INVALID_INPUT' });
    },
  );

  it('is not made with too few credits; the quote stays good', async () => {
    const quote = await quoted(large);
    const month = (await getCredits(userId)).month;
    const left = quote.estimated_credits - 3;
    await sql()`insert into ledger_entries (id, user_id, kind, amount, month, actor, note)
      values ('taken', ${userId}, 'adjustment', ${left - 500}, ${month}, 'test', 'taken')`;
    expect(await problem(confirm({ quote_id: quote.quote_id }))).toMatchObject({ status: 402, shortfall_credits: 3 });
    await sql()`insert into ledger_entries (id, user_id, kind, amount, month, actor, note)
      values ('given', ${userId}, 'adjustment', 3, ${month}, 'test', 'given')`;
    expect((await confirm({ quote_id: quote.quote_id })).status).toBe(201);
    expect((await getCredits(userId)).balance).toBe(0);
  });

  it('gives its credits back when its file does not come, and does not take it afterwards', async () => {
    const { job } = await confirmed();
    expect(await sweepQuotes()).toBe(0);
    await sql()`update jobs set file_due_at = now() - interval '1 second'`;
    expect(await problem(send(job.job_id, small))).toMatchObject({ status: 409, code: 'QUOTE_EXPIRED' });
    expect(await Promise.all([sweepQuotes(), sweepQuotes()])).toContain(1);
    expect(await find(job.job_id)).toMatchObject({ status: 'failed', error: { code: 'QUOTE_EXPIRED' } });
    expect(await getCredits(userId)).toMatchObject({ balance: 500, reserved: 0 });
    expect(await problem(send(job.job_id, small))).toMatchObject({ status: 409, code: 'JOB_STATE_CONFLICT' });
    expect(await kinds()).toEqual(['grant', 'reserve', 'release']);
  });
});

describe('the credits of a run', () => {
  it('come back once, however often it is cancelled', async () => {
    const { job } = await confirmed();
    await Promise.all(Array.from({ length: 10 }, () => cancelJob(userId, job.job_id, 'me')));
    await cancelJob(userId, job.job_id, 'me');
    await failJob(job.job_id, 'INTERNAL', 'too late');
    expect(await kinds()).toEqual(['grant', 'reserve', 'release']);
    expect(await getCredits(userId)).toMatchObject({ balance: 500, refunded: job.reserved_credits });
  });

  it('stand in the ledger when the job is deleted, charged for what it had used', async () => {
    const { job } = await confirmed(large);
    await sql()`update jobs set model_tokens = 1001 where id = ${job.job_id}`;
    await deleteJob(userId, job.job_id);
    const [closing] = (await listLedger(userId, { limit: 1 })).items;
    expect(closing).toMatchObject({ kind: 'settle', job_id: job.job_id, used: 4 });
    expect((await getCredits(userId)).balance).toBe(496);
  });

  it('are put aside again for a retry, and what came in late is charged to nobody', async () => {
    const { job } = await confirmed(large);
    await send(job.job_id, large);
    await sql()`update jobs set model_tokens = 1000 where id = ${job.job_id}`;
    await cancelJob(userId, job.job_id, 'me');
    await sql()`update jobs set model_tokens = 50000 where id = ${job.job_id}`;
    await retryJob(userId, job.job_id, { gemini_model: 'speed' });
    await failJob(job.job_id, 'INTERNAL', 'test');
    expect(await kinds()).toEqual(['grant', 'reserve', 'settle', 'reserve', 'release']);
    const { credits } = await getReport(userId, job.job_id);
    expect(credits.settled).toBe(3);
    expect(credits.reserved).toBe(credits.settled + credits.refunded);
    const after = await find(job.job_id);
    expect(after).toMatchObject({ reserved_credits: credits.reserved, actual_credits: credits.settled });
    expect((await getCredits(userId)).balance).toBe(500 - credits.settled);
  });
});
