import { existsSync } from 'node:fs';
import { utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { sql } from '@/db/client';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { addJob, addUser } from '@/db/testing/factories';
import { standStill } from '@/db/testing/stand-still';
import { startPipeline } from '@/e2e/support/pipeline';
import { announce } from '@/inngest/client';
import { appStarted } from '@/inngest/events';
import { newId } from '@/lib/ids';
import { findStatus } from '@/lib/jobs/start-job';
import { storeFile } from '@/lib/storage/store';
import { comeNow } from './testing/come-now';

const { environment, enginePort } = await vi.hoisted(async () => {
  const { findFreePort } = await import('@/scripts/start/free-port');
  const { prepareEnvironment } = await import('@/db/testing/prepare-environment');
  const enginePort = await findFreePort(0, '127.0.0.1');
  return { environment: prepareEnvironment({ INNGEST_DEV: `http://127.0.0.1:${enginePort}` }), enginePort };
});

const database = connectTestDatabase();
let pipeline: Awaited<ReturnType<typeof startPipeline>>;

beforeAll(async () => {
  pipeline = await startPipeline({ databaseUrl: database.url, enginePort });
});
afterAll(async () => {
  await pipeline.close();
  environment.remove();
});

// The lexicons start a process, on a busy machine for many seconds.
const PATIENT = { timeout: 30_000 };
const becomes = (jobId: string, status: string) =>
  expect.poll(async () => await findStatus(jobId), PATIENT).toBe(status);

it('a job whose start was lost need not wait for a minute to be full when the app has just started', async () => {
  const { jobId } = await addJob({ chunks: [{ sentences: ['kept'] }] });
  await standStill(jobId, 31);
  await announce(appStarted.create());
  await becomes(jobId, 'completed');
});

it('and the practice of an app that has started goes through all its steps, and leaves no job', async () => {
  const kept = () => sql()`
    select (select count(*) from jobs) as jobs, (select count(*) from chunks) as chunks,
      (select count(*) from sentences) as sentences`;
  const before = await kept();
  await announce(appStarted.create());
  const practised = () => sql()`
    select status, (select count(*)::int from inngest_embedded.steps where run_id = runs.id) as steps
    from inngest_embedded.runs where fn like '%practise-chunks'`;
  const done = { status: 'Completed', steps: 34 };
  // One for the start of the test before.
  await expect.poll(practised, PATIENT).toMatchObject([done, done]);
  expect(await kept()).toEqual(before);
});

it('what was reserved for a file that never came is given back', async () => {
  const { jobId } = await addJob({ job: { fileDueAt: new Date(Date.now() - 1_000) } });
  await comeNow('cron', 'sweep-expired-quotes');
  await becomes(jobId, 'failed');
});

it('uploads past their time go, and what a crash left of novels, people and files', async () => {
  const store = async () => (await storeFile(Readable.from([Buffer.from('%PDF')]), 100)).key;
  const pathOf = (key: string) => join(environment.dataDir, 'files', key);
  const old = new Date(Date.now() - 30 * 3_600_000);
  const [read, orphan] = [await store(), await store()];
  await utimes(pathOf(orphan), old, old);
  const kept = await addJob({ status: 'failed', novel: { storageKey: read, createdAt: old } });
  const lonely = await addJob({ novel: { createdAt: old } });
  await sql()`delete from jobs where id = ${lonely.jobId}`;
  const left = await addJob();
  await sql()`update users set deleted_at = now(), email = id || '@deleted.invalid' where id = ${left.userId}`;

  await comeNow('cron', 'sweep-uploads');
  await expect.poll(() => [read, orphan].map((key) => existsSync(pathOf(key))), PATIENT).toEqual([false, false]);
  const novels = await sql()`
    select id from novels where id in ${sql()([kept.novelId, lonely.novelId, left.novelId])}`;
  expect(novels).toEqual([{ id: kept.novelId }]);
});

it('answers, counts and messages are forgotten after their time', async () => {
  const userId = await addUser();
  const [webhookId, id] = [newId(), newId()];
  await sql()`
    insert into idempotency_keys (id, user_id, holder, held_until, expires_at)
    values (${id}, ${userId}, 'nobody', now(), now() - interval '1 minute')`;
  await sql()`insert into rate_limits (key, points, expire) values (${id}, 1, ${Date.now() - 1_000})`;
  await sql()`
    insert into webhooks (id, user_id, url, events, sealed_secret)
    values (${webhookId}, ${userId}, 'https://example.org', '{job.completed}', 'sealed')`;
  await sql()`
    insert into webhook_deliveries (id, webhook_id, event, data, status, ended_at)
    values (${id}, ${webhookId}, 'job.completed', '{}', 'failed', now() - interval '31 days')`;
  await comeNow('cron', 'sweep-old-keys');
  const left = () => sql()`
    select id from idempotency_keys where id = ${id} union all select key from rate_limits where key = ${id}
    union all select id from webhook_deliveries where id = ${id}`;
  await expect.poll(left, PATIENT).toEqual([]);
});
