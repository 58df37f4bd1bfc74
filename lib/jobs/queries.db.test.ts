import { beforeAll, describe, expect, it } from 'vitest';
import { sql } from '@/db/client';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { addJob, addUser } from '@/db/testing/factories';
import { getReport } from './get-report';
import { getJob, listChunks, listJobs, listSentences, readSentences } from './queries';
import { ChunkPage, Job, JobListQuery, JobReport, SentenceListQuery, SentencePage } from './schema';
import type { SentenceStatus } from './status';

connectTestDatabase();
let stranger = '';
beforeAll(async () => {
  stranger = await addUser();
});

const ABSENT = { code: 'NOT_FOUND' };

async function pagesOf<T>(read: (cursor: string | undefined) => Promise<{ items: T[]; next: string | null }>) {
  const pages: T[][] = [];
  for (let cursor: string | undefined; ; ) {
    const { items, next } = await read(cursor);
    pages.push(items);
    if (next === null) return pages;
    cursor = next;
  }
}

describe('getJob', () => {
  it('gives the job as the contract says, with its failed chunks', async () => {
    const { userId, jobId } = await addJob({
      status: 'completed',
      chunks: [
        { status: 'done', sentences: ['kept', 'rewritten', 'skipped'] },
        { status: 'failed', sentences: ['failed', 'failed'] },
      ],
    });
    const { job, version } = await getJob(userId, jobId);
    expect(Job.parse(job)).toEqual(job);
    expect(version).toBe(1);
    expect(job).toMatchObject({
      status: 'completed',
      partial: true,
      progress_percent: 100,
      failed_chunks: [{ chunk: 1, pages: '2', code: 'MODEL_UNAVAILABLE', retryable: true }],
      sentences: { total: 5, done: 3, kept: 1, rewritten: 1, skipped: 1, failed: 2 },
    });
  });

  it('does not write', async () => {
    const { userId, jobId } = await addJob({ status: 'processing' });
    const first = await getJob(userId, jobId);
    expect((await getJob(userId, jobId)).version).toBe(first.version);
  });

  it('knows nothing of somebody else’s job', async () => {
    const { jobId } = await addJob({ status: 'completed' });
    await expect(getJob(stranger, jobId)).rejects.toMatchObject(ABSENT);
    await expect(listChunks(stranger, jobId)).rejects.toMatchObject(ABSENT);
    await expect(listSentences(stranger, jobId, SentenceListQuery.parse({}))).rejects.toMatchObject(ABSENT);
    await expect(getReport(stranger, jobId)).rejects.toMatchObject(ABSENT);
    await expect(getJob(stranger, 'nothing')).rejects.toMatchObject(ABSENT);
  });
});

describe('listJobs', () => {
  const list = (userId: string, query: object) => listJobs(userId, JobListQuery.parse(query));

  it('gives each of one’s own jobs once, newest first, a page at a time', async () => {
    const userId = await addUser();
    const added: string[] = [];
    for (let i = 0; i < 7; i += 1) added.push((await addJob({ userId })).jobId);
    await addJob();
    for (const limit of [1, 3, 7, 100]) {
      const pages = await pagesOf((cursor) => list(userId, { limit, ...(cursor && { cursor }) }));
      expect(pages.flat().map(({ id }) => id)).toEqual(added.toReversed());
      expect(pages).toHaveLength(Math.ceil(7 / limit));
    }
  });

  it('finds by status and by a part of the name, in which % and _ are letters like others', async () => {
    const userId = await addUser();
    const names = ['100 % vrai.pdf', '100 pour cent.pdf', 'a_b.pdf', 'aXb.pdf', 'c\\d.pdf', 'L’Été.pdf'];
    for (const name of names) await addJob({ userId, novel: { name } });
    await addJob({ userId, status: 'failed', novel: { name: 'Un été.pdf' } });
    const find = async (query: object) => (await list(userId, query)).items.map(({ novel }) => novel.name).sort();
    expect(await find({ q: '%' })).toEqual(['100 % vrai.pdf']);
    expect(await find({ q: 'a_b' })).toEqual(['a_b.pdf']);
    expect(await find({ q: '\\' })).toEqual(['c\\d.pdf']);
    expect(await find({ q: 'ÉTÉ' })).toEqual(['L’Été.pdf', 'Un été.pdf']);
    expect(await find({ q: 'été', status: 'failed' })).toEqual(['Un été.pdf']);
    expect(await find({ q: 'ete' })).toEqual(['L’Été.pdf', 'Un été.pdf']);
    expect(await find({ q: "l'ete" })).toEqual(['L’Été.pdf']);
    expect(await find({ q: '"' })).toEqual([]);
    expect(await find({ q: "'; drop table jobs; --" })).toEqual([]);
  });

  it('gives each job its own failed chunks', async () => {
    const userId = await addUser();
    const failed = { status: 'failed', sentences: ['failed'] } as const;
    const done = { status: 'done', sentences: ['kept'] } as const;
    const chunks = [failed, done, failed].map(({ status, sentences }) => ({ status, sentences: [...sentences] }));
    await addJob({ userId, status: 'completed', chunks });
    await addJob({ userId, status: 'completed' });
    await addJob({ userId, status: 'completed', chunks: chunks.slice(1) });
    const { items } = await list(userId, {});
    expect(items.map((job) => job.failed_chunks.map(({ chunk }) => chunk))).toEqual([[1], [], [0, 2]]);
  });
});

it('tells of each chunk who made its rewrites', async () => {
  const rewritten = (n: number) => ({ sentences: Array.from({ length: n }, (): SentenceStatus => 'rewritten') });
  const chunks = [rewritten(1), rewritten(2), rewritten(2), rewritten(1), { sentences: ['kept' as const] }];
  const { userId, jobId } = await addJob({ status: 'processing', chunks });
  const methods = ['offline', 'gemini', 'gemini_stronger', 'gemini_retry', 'offline', 'reader'];
  for (const [position, method] of methods.entries())
    await sql()`update sentences set method = ${method} where job_id = ${jobId} and position = ${position}`;
  const page = await listChunks(userId, jobId);
  expect(ChunkPage.parse(page)).toEqual(page);
  expect(page.items.map(({ index, method }) => [index, method])).toEqual([
    [0, 'offline'],
    [1, 'gemini'],
    [2, 'mixed'],
    [3, null],
    [4, null],
  ]);
});

describe('listSentences', () => {
  const list = (userId: string, jobId: string, query: object) =>
    listSentences(userId, jobId, SentenceListQuery.parse(query));
  const add = (chunks: SentenceStatus[][]) =>
    addJob({ status: 'processing', chunks: chunks.map((sentences) => ({ sentences })) });

  it('gives each sentence once, in order, a page at a time', async () => {
    const { userId, jobId } = await add([['kept', 'pending', 'kept'], ['rewritten', 'failed'], ['skipped']]);
    for (const limit of [1, 4, 6, 1000]) {
      const pages = await pagesOf((after) => list(userId, jobId, { limit, ...(after && { after }) }));
      expect(pages.flat().map(({ position }) => position)).toEqual([0, 1, 2, 3, 4, 5]);
      expect(pages).toHaveLength(Math.ceil(6 / limit));
    }
  });

  it('shows what is read in place of the original: itself, its rewrites, or nothing yet', async () => {
    const { userId, jobId } = await add([['kept', 'skipped', 'rewritten', 'pending', 'failed']]);
    const page = await list(userId, jobId, {});
    expect(SentencePage.parse(page)).toEqual(page);
    const shown = page.items.map(({ original, rewrites }) => (rewrites[0] === original ? 'itself' : rewrites.length));
    expect(shown).toEqual(['itself', 'itself', 2, 0, 0]);
  });

  it('finds the sentences that touch a page', async () => {
    const { userId, jobId } = await add([['kept', 'kept'], ['kept'], ['kept']]);
    await sql()`update sentences set page_end = 3 where job_id = ${jobId} and position = 1`;
    const on = async (page: number) => (await list(userId, jobId, { page })).items.map(({ position }) => position);
    expect([await on(1), await on(2), await on(3), await on(4)]).toEqual([[0, 1], [1, 2], [1, 3], []]);
  });

  it('finds words in originals and in rewrites, with % and _ as they are', async () => {
    const { userId, jobId } = await add([['kept', 'rewritten', 'kept', 'kept']]);
    await sql()`update sentences set rewrites = '{Il but.,Elle partit.}' where job_id = ${jobId} and position = 1`;
    await sql()`update sentences set original = 'Il paya 3 % de plus.' where job_id = ${jobId} and position = 2`;
    await sql()`update sentences set original = 'Il lut a_b.' where job_id = ${jobId} and position = 3`;
    const find = async (q: string) => (await list(userId, jobId, { q })).items.map(({ position }) => position);
    expect(await find('elle PARTIT')).toEqual([1]);
    expect(await find('%')).toEqual([2]);
    expect(await find('_')).toEqual([3]);
    expect(await find('la mer')).toEqual([0, 1]);
    expect(await find('nulle part')).toEqual([]);
  });

  it('finds what a keyboard can type: whatever the case, accents, apostrophes, quotation marks and spaces', async () => {
    const { userId, jobId } = await add([['kept', 'rewritten', 'kept']]);
    const printed = 'Il dit\u202f: «\u00a0L’œuvre d’été, c’est ça\u202f!\u00a0» Puis… rien.';
    await sql()`update sentences set original = ${printed} where job_id = ${jobId} and position = 0`;
    await sql()`update sentences set rewrites = '{Une a\u0302me perdue.}' where job_id = ${jobId} and position = 1`;
    const find = async (q: string) => (await list(userId, jobId, { q })).items.map(({ position }) => position);
    const typed = [
      "l'oeuvre",
      "D'ETE",
      'dit:',
      'dit : "l',
      "c'est ca!",
      'ça ! » puis...',
      printed,
      printed.normalize('NFD'),
    ];
    for (const q of typed) expect(await find(q), q).toEqual([0]);
    expect(await find('ame perdue')).toEqual([1]);
    expect(await find('lœuvre')).toEqual([]);
  });
});

it('reads all sentences of a long novel in order, a batch at a time', async () => {
  const sentences = Array.from({ length: 2_000 }, (): SentenceStatus => 'kept');
  const { jobId } = await addJob({ status: 'processing', chunks: [{ sentences }] });
  const batches: number[][] = [];
  for await (const rows of readSentences(jobId)) batches.push(rows.map(({ position }) => position));
  expect(batches.map(({ length }) => length)).toEqual([1000, 1000]);
  expect(batches.flat()).toEqual(sentences.map((_, position) => position));
});

describe('getReport', () => {
  it('adds up, counted from the sentences themselves', async () => {
    const { userId, jobId } = await addJob({
      status: 'completed',
      chunks: [
        { status: 'done', sentences: ['kept', 'kept', 'rewritten', 'skipped', 'skipped'] },
        { status: 'failed', sentences: ['failed', 'rewritten'] },
        { status: 'done' },
      ],
      job: { pagesByKind: { blank: [3] }, modelCalls: 4, modelTokens: 900 },
    });
    await sql()`update sentences set skip_reason = 'verse' where job_id = ${jobId} and position = 4`;
    await sql()`update sentences set flags = '{over_limit,nominal}' where job_id = ${jobId} and position = 2`;
    const report = await getReport(userId, jobId);
    expect(JobReport.parse(report)).toEqual(report);
    expect(report).toMatchObject({
      partial: true,
      pages: { total: 3, by_kind: { text: [1, 2], blank: [3], scanned: [], garbled: [], foreign: [] } },
      sentences: { total: 7, kept: 2, rewritten: 2, failed: 1, pending: 0, skipped: { heading: 1, verse: 1 } },
      generated_sentences: 4,
      over_limit: 1,
      methods: { kept: 2, offline: 2 },
      flags: { over_limit: 1, nominal: 1 },
      failed_chunks: [{ chunk: 1 }],
      gemini_api_calls: 4,
      gemini_tokens_used: 900,
    });
  });

  it('says why a rewrite is over the limit, and does not take for one what was kept', async () => {
    const sentences = ['kept', ...Array<'rewritten'>(8).fill('rewritten')] satisfies SentenceStatus[];
    const { userId, jobId } = await addJob({ status: 'completed', chunks: [{ status: 'done', sentences }] });
    const long = [
      ['kept', 'over_limit,fell_back_to_offline'],
      ['offline', 'over_limit'],
      ['offline', 'over_limit,fell_back_to_offline'],
      ['offline', 'over_limit,fell_back_to_offline,blocked_by_model'],
      ['gemini_retry', 'over_limit'],
      ['gemini_stronger', 'over_limit,cached'],
      ['reader', 'over_limit'],
      ['gemini', 'nominal'],
      ['offline', ''],
    ];
    for (const [position, [method = '', flags = '']] of long.entries())
      await sql()`update sentences set method = ${method}, flags = ${`{${flags}}`} where job_id = ${jobId} and position = ${position}`;
    expect(await getReport(userId, jobId)).toMatchObject({
      over_limit: 6,
      over_limit_reasons: { reader: 1, blocked_by_model: 1, fell_back_to_offline: 1, no_split: 1, model_overran: 2 },
      kept_over_limit: 1,
      flags: { over_limit: 7 },
    });
  });

  it('can be read before the novel is', async () => {
    const { userId, jobId } = await addJob();
    expect(await getReport(userId, jobId)).toMatchObject({ sentences: { total: 0, pending: 0, skipped: {} } });
  });
});
