import { expect, it } from 'vitest';
import { asWork, closeDatabase, openDatabase, sql } from '@/db/client';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { addJob, addUser } from '@/db/testing/factories';
import { type Announcement, onAccessChange, onJobChange } from './watch-jobs';

const database = connectTestDatabase();

/** A job that has been told of: announcements come in the order in which they were committed. */
async function addToldJob() {
  const job = await addJob();
  let isTold = false;
  const stop = await onJobChange('mark', () => {
    isTold = true;
  });
  await sql()`select pg_notify('job_changed', 'mark pending')`;
  await expect.poll(() => isTold).toBe(true);
  stop();
  return job;
}

const change = (jobId: string) => sql()`update jobs set model_calls = model_calls + 1 where id = ${jobId}`;

it('fails while there is no database, and works as soon as there is one', async () => {
  await closeDatabase();
  openDatabase('postgres://nobody@127.0.0.1:9/nothing');
  await expect(onJobChange('nothing', () => undefined)).rejects.toThrow();
  await closeDatabase();
  openDatabase(database.url);
  const { jobId } = await addJob();
  const changed = new Promise<void>((resolve) => void onJobChange(jobId, () => resolve()).then(() => change(jobId)));
  await changed;
});

it('tells each watcher of a job, of that job alone, until it stops', async () => {
  const [watched, other] = [await addToldJob(), await addToldJob()];
  const heard: string[] = [];
  const stopFirst = await onJobChange(watched.jobId, () => heard.push('first'));
  const stopSecond = await onJobChange(watched.jobId, () => heard.push('second'));
  await change(other.jobId);
  await change(watched.jobId);
  await expect.poll(() => heard.toSorted()).toEqual(['first', 'second']);
  stopFirst();
  await change(watched.jobId);
  await expect.poll(() => heard.slice(2)).toEqual(['second']);
  stopSecond();
});

it('leaves each watcher its own connections, whoever was the first to listen', async () => {
  globalThis.frenchNovelJobWatch = undefined;
  const { jobId } = await addJob();
  const used = new Map<string, unknown>();
  const stopWork = await asWork(() => onJobChange(jobId, () => used.set('work', sql())));
  const stopRequest = await onJobChange(jobId, () => used.set('request', sql()));
  await change(jobId);
  await expect.poll(() => used.size).toBe(2);
  expect(used.get('work')).toBe(asWork(sql));
  expect(used.get('request')).toBe(sql());
  stopWork();
  stopRequest();
});

it('hears of changes when they are committed, and of a rollback never', async () => {
  const { jobId } = await addToldJob();
  let times = 0;
  const stop = await onJobChange(jobId, () => {
    times += 1;
  });
  const undone = sql().begin(async (tx) => {
    await tx`update jobs set model_calls = 7 where id = ${jobId}`;
    throw new Error('undone');
  });
  await expect(undone).rejects.toThrow('undone');
  await change(jobId);
  await expect.poll(() => times).toBe(1);
  stop();
});

it('looks again after its connection was lost', async () => {
  const { jobId } = await addToldJob();
  let times = 0;
  const stop = await onJobChange(jobId, () => {
    times += 1;
  });
  await sql()`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and query ilike 'listen%'`;
  await expect.poll(() => times, { timeout: 5_000 }).toBeGreaterThan(0);
  const before = times;
  await change(jobId);
  await expect.poll(() => times).toBeGreaterThan(before);
  stop();
});

it('hears when what a user comes in by may have ended, and of nobody else', async () => {
  const [userId, other] = [await addUser(), await addUser()];
  let times = 0;
  const stop = await onAccessChange(userId, () => {
    times += 1;
  });
  const endSessions = (id: string) => sql()`update users set session_epoch = session_epoch + 1 where id = ${id}`;
  await endSessions(other);
  await sql()`update users set name = 'Léa' where id = ${userId}`;
  await endSessions(userId);
  await addToldJob();
  expect(times).toBe(1);
  stop();
  await endSessions(userId);
  await addToldJob();
  expect(times).toBe(1);
});

it('says what has become of the job', async () => {
  const { jobId } = await addToldJob();
  const heard: Announcement[] = [];
  const stop = await onJobChange(jobId, (now) => heard.push(now));
  await sql()`update jobs set status = 'processing', step = 'reading', run_id = 'run', started_at = now() where id = ${jobId}`;
  await sql()`delete from jobs where id = ${jobId}`;
  await expect
    .poll(() => heard)
    .toEqual([
      { status: 'processing', runId: 'run' },
      { status: 'deleted', runId: null },
    ]);
  stop();
});
