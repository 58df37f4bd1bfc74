import { execFileSync } from 'node:child_process';
import { open, rm, writeFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { sql } from '@/db/client';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { addUser } from '@/db/testing/factories';
import { makeNovel, type Novel } from '@/e2e/support/novel-maker';
import { readNovel } from '@/lib/pdf/read-novel';
import { storeFile, withFile } from '@/lib/storage/store';
import { cancelJob } from './cancel-job';
import { createJob } from './create-job';
import { deleteJob } from './delete-job';
import { splitJob } from './split-job';
import { startJob } from './start-job';

const environment = await vi.hoisted(async () =>
  (await import('@/db/testing/prepare-environment')).prepareEnvironment(),
);

// The first use of reader and lexicons starts their processes, on a busy machine for many seconds.
vi.setConfig({ testTimeout: 60_000 });

connectTestDatabase();
afterAll(environment.remove);

async function startNovel(novel: Pick<Novel, 'pdf'>) {
  const userId = await addUser();
  const file = await storeFile(Readable.from([Buffer.from(novel.pdf)]), 50e6);
  const { jobId } = await createJob({ userId, file, name: 'novel.pdf', settings: {} });
  await startJob(jobId);
  return { userId, jobId, file };
}

interface Row {
  position: number;
  original: string;
  pageStart: number;
  chunkStart: number;
  chunkEnd: number;
}
const rowsOf = (jobId: string) => sql()<Row[]>`
  select position, original, sentences.page_start as "pageStart",
    chunks.page_start as "chunkStart", chunks.page_end as "chunkEnd"
  from sentences join chunks on chunks.job_id = sentences.job_id and chunks.index = chunk_index
  where sentences.job_id = ${jobId} order by position`;

const spaced = (sentences: string[]) => sentences.map((sentence) => sentence.replaceAll(/\s/g, ' '));

const isOutOfPlace = ({ pageStart, chunkStart, chunkEnd }: Row) => pageStart < chunkStart || pageStart > chunkEnd;

const novels = new Map<number, Promise<Novel>>();
function novelOf(pages: number): Promise<Novel> {
  const novel = novels.get(pages) ?? makeNovel({ seed: pages, pages });
  novels.set(pages, novel);
  return novel;
}

async function waitsForLock(query: string): Promise<boolean> {
  const waiting = await sql()`
    select 1 from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock' and ltrim(query, E' \\n') like ${query}`;
  return waiting.length > 0;
}

/** Splits as far as the middle of storing, and holds it there by a lock on a chunk until `release`. */
async function holdStoring(jobId: string) {
  const holder = await sql().reserve();
  await holder`begin`;
  await holder`select 1 from chunks where job_id = ${jobId} for update`;
  const splitting = splitJob(jobId);
  await expect.poll(() => waitsForLock('insert into sentences%'), { timeout: 10_000 }).toBe(true);
  const release = async () => {
    await holder`rollback`;
    holder.release();
  };
  return { splitting, release };
}

/** Splits as far as the reading, which waits for a pipe in place of the file. */
async function holdReading(runId?: string) {
  const { userId, jobId, file } = await startNovel(await novelOf(2));
  await sql()`update jobs set run_id = ${runId ?? null} where id = ${jobId}`;
  const path = await withFile(file.key, async (lent) => lent);
  await rm(path);
  execFileSync('sh', ['-c', 'mkfifo "$1"', 'sh', path]);
  const splitting = splitJob(jobId, runId);
  // Opened only when somebody reads.
  const writer = await open(path, 'w');
  const isRead = () =>
    writer.write('%').then(
      () => true,
      (error: NodeJS.ErrnoException) => error.code !== 'EPIPE',
    );
  expect(await isRead()).toBe(true);
  return { userId, jobId, splitting, pipe: { isRead, close: () => writer.close() } };
}

describe('splitJob', () => {
  it.each([30, 31, 45])(
    'stores every sentence of %i pages once, in order, in the chunk of the page on which it starts',
    async (pages) => {
      const novel = await novelOf(pages);
      const { jobId } = await startNovel(novel);
      const receipt = await splitJob(jobId);
      const rows = await rowsOf(jobId);
      expect(receipt).toMatchObject({ isRunning: true });
      expect(spaced(rows.map(({ original }) => original))).toEqual(spaced(novel.sentences));
      expect(rows.map(({ position }) => position)).toEqual(novel.sentences.map((_, position) => position));
      expect(rows.map(({ pageStart }) => pageStart)).toEqual(novel.sentencePages);
      expect(rows.filter(isOutOfPlace)).toEqual([]);
    },
  );

  // So few pages do not tell what is a running head: what counts here is that nothing read is lost.
  it.each([1, 2])('stores every sentence that was read on %i pages', async (pages) => {
    const { jobId, file } = await startNovel(await novelOf(pages));
    await splitJob(jobId);
    const rows = await rowsOf(jobId);
    const { sentences } = await withFile(file.key, (path) => readNovel(path, { fixHyphenation: true }));
    expect(rows.map(({ original }) => original)).toEqual(sentences.map(({ text }) => text));
    expect(rows.filter(isOutOfPlace)).toEqual([]);
  });

  it('counts for the job and for each chunk what it stored', async () => {
    const { jobId } = await startNovel(await novelOf(45));
    const { chunks } = await splitJob(jobId);
    expect(chunks).toEqual([0, 1, 2]);
    const counted = await sql()`
      select chunk_index as index, count(*)::int as sentences from sentences where job_id = ${jobId}
      group by 1 order by 1`;
    expect(await sql()`select index, sentences from chunks where job_id = ${jobId} order by index`).toEqual(counted);
    const [job] = await sql()`
      select step, sentences_total - sentences_kept - sentences_skipped as open, sentences_kept > 0 as "hasKept"
      from jobs where id = ${jobId}`;
    const [open] = await sql()`
      select count(*)::int as open from sentences where job_id = ${jobId} and status = 'pending'`;
    expect(job).toEqual({ step: 'rewriting', open: open?.open, hasKept: true });
  });

  it('does nothing when it is done again, even without the file', async () => {
    const { jobId, file } = await startNovel(await novelOf(2));
    const first = await splitJob(jobId);
    const [rows, [version]] = [await rowsOf(jobId), await sql()`select version from jobs where id = ${jobId}`];
    await withFile(file.key, (path) => writeFile(path, 'not a novel any more'));
    expect(await splitJob(jobId)).toEqual(first);
    expect(await rowsOf(jobId)).toEqual(rows);
    expect(await sql()`select version from jobs where id = ${jobId}`).toEqual([version]);
  });

  it('stores once when two do it at the same time', async () => {
    const novel = await novelOf(31);
    const { jobId } = await startNovel(novel);
    const receipts = await Promise.all([splitJob(jobId), splitJob(jobId)]);
    expect(receipts[0]).toEqual(receipts[1]);
    expect(spaced((await rowsOf(jobId)).map(({ original }) => original))).toEqual(spaced(novel.sentences));
  });

  it('tells a job that was cancelled from one that goes on, and leaves its end alone', async () => {
    const { userId, jobId } = await startNovel(await novelOf(2));
    await cancelJob(userId, jobId, 'me');
    expect(await splitJob(jobId)).toMatchObject({ isRunning: false });
    expect(await rowsOf(jobId)).toHaveLength(0);
  });

  it('kills the process that reads when the reader cancels', async () => {
    const { userId, jobId, splitting, pipe } = await holdReading();
    await cancelJob(userId, jobId, 'me');
    expect(await splitting).toMatchObject({ isRunning: false });
    await expect.poll(pipe.isRead).toBe(false);
    await pipe.close();
    expect(await rowsOf(jobId)).toHaveLength(0);
  });

  it('kills the process that reads when the job is deleted, or goes to another run', async () => {
    const deleted = await holdReading();
    await deleteJob(deleted.userId, deleted.jobId);
    const taken = await holdReading('run-1');
    await sql()`update jobs set run_id = 'run-2' where id = ${taken.jobId}`;
    for (const { splitting, pipe } of [deleted, taken]) {
      expect(await splitting).toMatchObject({ isRunning: false });
      await expect.poll(pipe.isRead).toBe(false);
      await pipe.close();
    }
  });

  it('stores nothing that was read when the job has ended meanwhile', async () => {
    const { jobId } = await startNovel(await novelOf(2));
    const holder = await sql().reserve();
    await holder`begin`;
    await holder`lock table chunks in access exclusive mode`;
    const splitting = splitJob(jobId);
    // What was read is to be put into chunks.
    await expect.poll(() => waitsForLock('select % from "chunks"%'), { timeout: 30_000 }).toBe(true);
    await holder`update jobs set status = 'cancelled', completed_at = now(), cancelled_at = now() where id = ${jobId}`;
    await holder`commit`;
    holder.release();
    expect(await splitting).toMatchObject({ isRunning: false });
    expect(await rowsOf(jobId)).toHaveLength(0);
  });

  it('lets a reader cancel while the sentences are being stored', async () => {
    const { userId, jobId } = await startNovel(await novelOf(2));
    const { splitting, release } = await holdStoring(jobId);
    expect((await cancelJob(userId, jobId, 'me')).status).toBe('cancelled');
    await release();
    expect(await splitting).toMatchObject({ isRunning: false });
    expect(await sql()`select status, step from jobs where id = ${jobId}`).toEqual([
      { status: 'cancelled', step: 'cancelled' },
    ]);
  });

  it('lets a reader delete the job while the sentences are being stored', async () => {
    const { userId, jobId } = await startNovel(await novelOf(2));
    const { splitting, release } = await holdStoring(jobId);
    const deleting = deleteJob(userId, jobId);
    await expect.poll(() => waitsForLock('delete from "jobs"%')).toBe(true);
    await release();
    await Promise.all([splitting, deleting]);
    expect(await rowsOf(jobId)).toHaveLength(0);
  });

  it('says that the novel is gone when its file is, and that there is no such job', async () => {
    const { jobId } = await startNovel(await novelOf(1));
    await sql()`update novels set storage_key = null`;
    await expect(splitJob(jobId)).rejects.toMatchObject({ code: 'FILE_EXPIRED' });
    await expect(splitJob('nothing')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
