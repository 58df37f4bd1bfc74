import { afterAll, describe, expect, it, vi } from 'vitest';
import { PATCH } from '@/app/api/v1/jobs/[jobId]/sentences/[position]/route';
import { sql } from '@/db/client';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { addJob, addUser, type JobPlan, longText } from '@/db/testing/factories';
import { signAccessToken } from '@/lib/auth/access-token';
import { exportJob } from '@/lib/exports/export-job';
import { editSentence } from './edit-sentence';
import { finishJob } from './finish-job';
import { processChunk } from './process-chunk';
import { getJob } from './queries';
import { retryJob } from './retry-job';
import { splitJob } from './split-job';
import { startJob } from './start-job';
import { findMiscounts } from './testing/legal-states';

const { environment, fake } = await vi.hoisted(async () => {
  const { startFakeGemini } = await import('@/e2e/support/fake-gemini');
  const { prepareEnvironment } = await import('@/db/testing/prepare-environment');
  const fake = await startFakeGemini();
  return { fake, environment: prepareEnvironment({ GEMINI_API_KEY: 'key', GEMINI_BASE_URL: fake.url }) };
});

connectTestDatabase();
afterAll(async () => {
  await fake.close();
  environment.remove();
});

const MINE = ['Le gardien ouvrit.', 'La mer était grise.'];
const job = async ({ userId, jobId }: { userId: string; jobId: string }) => (await getJob(userId, jobId)).job;
const partial = (plan: JobPlan = {}) =>
  addJob({
    status: 'completed',
    chunks: [
      { status: 'done', sentences: ['kept', 'rewritten', 'skipped'] },
      { status: 'failed', sentences: ['kept', 'failed', 'failed'] },
    ],
    ...plan,
  });

async function runToTheEnd(jobId: string) {
  await startJob(jobId);
  const { chunks } = await splitJob(jobId);
  for (const chunk of chunks) await processChunk(jobId, chunk, { isLastAttempt: true });
  return finishJob(jobId);
}

async function patch(userId: string, jobId: string, position: number | string, body: unknown) {
  const headers = { authorization: `Bearer ${await signAccessToken(userId)}`, 'content-type': 'application/json' };
  const init = { method: 'PATCH', headers, body: typeof body === 'string' ? body : JSON.stringify(body) };
  const params = Promise.resolve({ jobId, position: String(position) });
  const response = await PATCH(new Request('http://localhost/api/v1', init), { params });
  return { status: response.status, body: await response.json() };
}

describe('an edit', () => {
  it.each([0, 1, 2, 3, 4])('takes the reader’s words for sentence %i, locks it and keeps the accounts', async (at) => {
    const made = await partial();
    const before = await job(made);
    expect(await editSentence(made.userId, made.jobId, at, { rewrites: MINE })).toMatchObject({
      position: at,
      rewrites: MINE,
      status: 'rewritten',
      method: 'reader',
      skip_reason: null,
      flags: [],
      locked: true,
    });
    expect(await findMiscounts(made.jobId)).toEqual([]);
    const after = await job(made);
    const all = ({ sentences: { kept, rewritten, skipped, failed } }: typeof before) =>
      kept + rewritten + skipped + failed;
    expect(all(after)).toBe(before.sentences.total);
    expect(after).toMatchObject({ status: 'completed', partial: true });
    const { version } = await getJob(made.userId, made.jobId);
    expect(version).toBeGreaterThan(1);
  });

  it('is what every export gives', async () => {
    const made = await partial();
    await editSentence(made.userId, made.jobId, 4, { rewrites: MINE });
    const given = await job(made);
    for (const format of ['csv', 'json', 'txt'] as const) {
      const body = await exportJob(given, format, { userId: made.userId, signal: new AbortController().signal });
      expect(await new Response(body).text(), format).toMatch(/Le gardien ouvrit\.[^a-z]+La mer était grise\./);
    }
  });

  it('is tidied, says so when it is over the limit, and is none when it is the author’s own sentence', async () => {
    const { userId, jobId } = await partial();
    const edit = (rewrites: string[]) => editSentence(userId, jobId, 1, { rewrites });
    expect((await edit(['  E\u0301mue,\n elle  entra.\u00a0 '])).rewrites).toEqual(['Émue, elle entra.']);
    expect(await edit([longText(7)])).toMatchObject({ status: 'rewritten', flags: ['over_limit'] });
    expect(await edit([longText(1)])).toMatchObject({ status: 'kept', method: 'reader', rewrites: [longText(1)] });
    expect(await findMiscounts(jobId)).toEqual([]);
  });

  it('can be made again, and twice is the same as once', async () => {
    const made = await partial();
    await editSentence(made.userId, made.jobId, 4, { rewrites: ['Une autre.'] });
    const once = await editSentence(made.userId, made.jobId, 4, { rewrites: MINE });
    expect(await editSentence(made.userId, made.jobId, 4, { rewrites: MINE })).toEqual(once);
    expect((await job(made)).sentences).toMatchObject({ rewritten: 2, failed: 1 });
  });

  it('made by many at once leaves one of them and true accounts', async () => {
    const { userId, jobId } = await partial();
    const words = Array.from({ length: 8 }, (_, i) => `Il compta ${i}.`);
    await Promise.all(
      words.flatMap((word) => [4, 5].map((at) => editSentence(userId, jobId, at, { rewrites: [word] }))),
    );
    const rows = await sql()`select rewrites[1] as said from sentences where job_id = ${jobId} and position in (4, 5)`;
    for (const { said } of rows) expect(words).toContain(said);
    expect(await findMiscounts(jobId)).toEqual([]);
  });

  it('closes the gap when it fills the last hole of a failed chunk', async () => {
    const made = await partial();
    await editSentence(made.userId, made.jobId, 4, { rewrites: MINE });
    expect(await job(made)).toMatchObject({ partial: true, failed_chunks: [{ chunk: 1 }] });
    await editSentence(made.userId, made.jobId, 5, { locked: true });
    expect(await job(made)).toMatchObject({ partial: false, failed_chunks: [], processed_chunks: 2 });
    expect(await findMiscounts(made.jobId)).toEqual([]);
    await expect(retryJob(made.userId, made.jobId, {})).rejects.toMatchObject({ code: 'JOB_STATE_CONFLICT' });
  });

  it('leaves a failed job failed, and a retry of it has only the end to do', async () => {
    const made = await addJob({ status: 'failed', chunks: [{ status: 'failed', sentences: ['failed'] }] });
    await editSentence(made.userId, made.jobId, 0, { rewrites: MINE });
    expect(await job(made)).toMatchObject({ status: 'failed', failed_chunks: [], processed_chunks: 1 });
    await retryJob(made.userId, made.jobId, {});
    expect(await runToTheEnd(made.jobId)).toEqual({ status: 'completed' });
    expect(await job(made)).toMatchObject({ sentences: { rewritten: 1, failed: 0 } });
  });
});

describe('a lock', () => {
  it('leaves what there is, and can be taken off', async () => {
    const { userId, jobId } = await partial();
    for (const at of [0, 1, 2]) {
      const [before] =
        await sql()`select status, method, rewrites from sentences where job_id = ${jobId} and position = ${at}`;
      const lock = (locked: boolean) => editSentence(userId, jobId, at, { locked });
      expect(await lock(true)).toMatchObject({ locked: true, status: before?.status, method: before?.method });
      expect(await lock(false)).toMatchObject({ locked: false, status: before?.status, method: before?.method });
    }
    expect(await findMiscounts(jobId)).toEqual([]);
  });

  it('keeps the author’s sentence where nothing was made of it', async () => {
    const { userId, jobId } = await partial();
    expect(await editSentence(userId, jobId, 4, { locked: false })).toMatchObject({ status: 'failed', locked: false });
    expect(await editSentence(userId, jobId, 4, { locked: true })).toMatchObject({
      status: 'kept',
      method: 'reader',
      rewrites: [longText(4)],
      flags: ['over_limit'],
      locked: true,
    });
  });
});

describe('a retry', () => {
  it.each(['offline', 'gemini'] as const)(
    'by %s, with other settings, changes nothing a reader has said',
    async (engine) => {
      const made = await partial();
      await editSentence(made.userId, made.jobId, 0, { rewrites: ['La mer monta.'] });
      await editSentence(made.userId, made.jobId, 3, { locked: true });
      await editSentence(made.userId, made.jobId, 4, { rewrites: MINE });
      const locked = () => sql()`select * from sentences where job_id = ${made.jobId} and locked order by position`;
      const before = await locked();
      fake.reset();
      await retryJob(made.userId, made.jobId, { engine, sentence_length_limit: 3, gemini_model: 'speed' });
      expect(await runToTheEnd(made.jobId)).toEqual({ status: 'completed' });
      expect(await locked()).toEqual(before);
      expect(before).toHaveLength(3);
      if (engine === 'gemini') expect(new Set(fake.calls.flatMap(({ numbers }) => numbers))).toEqual(new Set([5]));
      expect(await job(made)).toMatchObject({ partial: false, engine, sentences: { failed: 0 } });
      expect(await findMiscounts(made.jobId)).toEqual([]);
    },
  );
});

describe('while the job runs', () => {
  const running = () =>
    addJob({
      status: 'processing',
      chunks: [{ sentences: ['rewritten', 'pending'] }, { sentences: ['pending'] }],
      job: { engine: 'gemini' },
    });

  it('an edit waits for the engine in the chunk under way, and not in one to come', async () => {
    const { userId, jobId } = await running();
    fake.reset();
    fake.setLatency(60_000);
    const work = processChunk(jobId, 0, { isLastAttempt: true });
    await expect.poll(() => fake.calls.length, { timeout: 20_000 }).toBe(1);
    const edit = (at: number) => editSentence(userId, jobId, at, { rewrites: MINE });
    await expect(edit(1)).rejects.toMatchObject({ code: 'JOB_STATE_CONFLICT' });
    await expect(editSentence(userId, jobId, 1, { locked: true })).rejects.toMatchObject({
      code: 'JOB_STATE_CONFLICT',
    });
    await edit(0);
    await edit(2);
    await sql()`update jobs set status = 'cancelled', completed_at = now(), cancelled_at = now() where id = ${jobId}`;
    expect(await work).toMatchObject({ outcome: 'stopped' });
    expect(await edit(1)).toMatchObject({ status: 'rewritten', locked: true });
    expect(await findMiscounts(jobId)).toEqual([]);
    fake.setLatency(0);
  });

  it('the engine’s answer for what a reader has said meanwhile is not taken, and the chunk is done', async () => {
    const { userId, jobId } = await running();
    fake.reset();
    await editSentence(userId, jobId, 2, { rewrites: MINE });
    expect(await processChunk(jobId, 1, { isLastAttempt: true })).toMatchObject({ outcome: 'done', sentences: 0 });
    expect(fake.calls).toEqual([]);
    await Promise.all([
      processChunk(jobId, 0, { isLastAttempt: true }),
      ...[0, 2].map((at) => editSentence(userId, jobId, at, { rewrites: [`Il compta ${at}.`] })),
    ]);
    expect(await finishJob(jobId)).toEqual({ status: 'completed' });
    const rows = await sql()`select method from sentences where job_id = ${jobId} order by position`;
    expect(rows.map(({ method }) => method)).toEqual(['reader', 'gemini', 'reader']);
  });
});

describe('the route', () => {
  it('answers the sentence', async () => {
    const { userId, jobId } = await partial();
    const answer = await patch(userId, jobId, 4, { rewrites: MINE });
    expect(answer).toMatchObject({ status: 200, body: { position: 4, rewrites: MINE, locked: true } });
  });

  it('knows nothing of somebody else’s job, nor of a sentence that is not there', async () => {
    const { userId, jobId } = await partial();
    const wrong = [
      [await addUser(), jobId, 1],
      [userId, 'no-such-job', 1],
      [userId, jobId, 6],
    ] as const;
    for (const [who, which, at] of wrong) {
      expect(await patch(who, which, at, { locked: true })).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
    }
    const locked = await sql()`select 1 from sentences where job_id = ${jobId} and locked`;
    expect(locked).toEqual([]);
  });

  const longest = 'é'.repeat(2000);
  it.each([
    ['neither', {}],
    ['both', { rewrites: MINE, locked: true }],
    ['something else', { rewrites: MINE, status: 'kept' }],
    ['no sentence', { rewrites: [] }],
    ['more than 20', { rewrites: Array.from({ length: 21 }, () => 'Il vint.') }],
    ['an empty one', { rewrites: ['Il vint.', ' \u00a0\n\u200b'] }],
    ['a long one', { rewrites: [`${longest}.`] }],
    ['a NUL', { rewrites: ['Il\u0000 vint.'] }],
    ['half a character', '{"rewrites":["Il vint \\ud83d."]}'],
    ['a number', { rewrites: [7] }],
    ['a lock that is no boolean', { locked: 'true' }],
    ['a list', []],
  ])('refuses %s', async (_, body) => {
    const { userId, jobId } = await partial();
    expect(await patch(userId, jobId, 1, body)).toMatchObject({ status: 422, body: { code: 'INVALID_INPUT' } });
  });

  it.each(['-1', '1.5', 'x', '99999999999'])('refuses the place %s', async (at) => {
    const { userId, jobId } = await partial();
    expect(await patch(userId, jobId, at, { locked: true })).toMatchObject({ status: 422 });
  });

  it('takes 20 sentences of 2,000 characters', async () => {
    const { userId, jobId } = await partial();
    const rewrites = Array.from({ length: 20 }, () => longest);
    expect(await patch(userId, jobId, 1, { rewrites })).toMatchObject({ status: 200, body: { rewrites } });
  });
});
