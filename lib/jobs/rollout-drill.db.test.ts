import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { sql } from '@/db/client';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { addUser } from '@/db/testing/factories';
import { standStill } from '@/db/testing/stand-still';
import { novelForm } from '@/e2e/support/ask-route';
import { makeNovel } from '@/e2e/support/novel-maker';
import { announce } from '@/inngest/client';
import { type RunningEngine, startEngine } from '@/inngest/embedded/start-engine';
import { jobStartedEvent } from '@/inngest/events';
import { signAccessToken } from '@/lib/auth/access-token';
import { listWaitingJobs } from './list-waiting-jobs';
import { ProcessedNovel } from './quote-schema';
import { requeueStalledJobs } from './requeue-stalled-jobs';

const { environment, fake, enginePort, webPort } = await vi.hoisted(async () => {
  const { startFakeGemini } = await import('@/e2e/support/fake-gemini');
  const { findFreePort } = await import('@/scripts/start/free-port');
  const { prepareEnvironment } = await import('@/db/testing/prepare-environment');
  const fake = await startFakeGemini();
  const [enginePort, webPort] = [await findFreePort(0, '127.0.0.1'), await findFreePort(0, '127.0.0.1')];
  const environment = prepareEnvironment({
    GEMINI_API_KEY: 'key',
    GEMINI_BASE_URL: fake.url,
    INNGEST_DEV: `http://127.0.0.1:${enginePort}`,
    PROCESS_LIMIT_PER_HOUR: '1000',
  });
  return { environment, fake, enginePort, webPort };
});

vi.setConfig({ testTimeout: 300_000 });

const AT_ONCE = 3;
const database = connectTestDatabase();
let engine: RunningEngine;
let web: ChildProcess | undefined;
let pdf: Uint8Array;
const userIds: string[] = [];

beforeAll(async () => {
  ({ pdf } = await makeNovel({ seed: 12, pages: 1 }));
  for (const _ of Array.from({ length: AT_ONCE })) userIds.push(await addUser());
  engine = await startEngine({
    databaseUrl: database.url,
    port: enginePort,
    dev: true,
    leaseMs: 2_000,
    retryIntervalMs: 50,
  });
});
afterAll(async () => {
  web?.kill('SIGKILL');
  await engine.close();
  await fake.close();
  environment.remove();
});

/** What is deployed takes the place of what was there; what that was doing is lost with it. */
async function deploy(percent: number): Promise<void> {
  if (web) {
    const ended = once(web, 'exit');
    web.kill('SIGKILL');
    await ended;
  }
  web = fork('e2e/support/drill-web.ts', [], {
    env: {
      ...process.env,
      DATABASE_URL: database.url,
      PORT: String(webPort),
      ASYNC_PROCESSING_PERCENT: String(percent),
      LOG_LEVEL: 'silent',
    },
    execArgv: ['--import', 'tsx'],
  });
  expect((await once(web, 'message'))[0]).toEqual({ ready: true });
}

let copies = 0;
/** The same novel in a file that nobody has sent before: nothing is taken from an earlier job. */
function copyOfNovel(): Uint8Array {
  copies += 1;
  return Buffer.concat([pdf, Buffer.from(`\n% ${copies}\n`)]);
}

/** Nothing, when the process dies before it answers. */
async function rewrite(userId: string): Promise<ProcessedNovel['sentences'] | undefined> {
  const form = new Response(novelForm(copyOfNovel()));
  const authorization = `Bearer ${await signAccessToken(userId)}`;
  const headers = { authorization, 'content-type': form.headers.get('content-type') ?? '' };
  const url = `http://127.0.0.1:${webPort}/process-pdf`;
  const answer = await fetch(url, { method: 'POST', headers, body: await form.bytes() }).catch(() => undefined);
  if (answer === undefined) return undefined;
  expect(answer.status).toBe(200);
  return ProcessedNovel.parse(await answer.json()).sentences;
}

const rewriteAll = () => Promise.all(userIds.map(rewrite));
const statuses = async () => (await sql()<{ status: string }[]>`select status from jobs`).map(({ status }) => status);
const soon = { timeout: 120_000, interval: 50 };

/** Novels that wait for a model that does not answer them. */
async function leaveWaiting(): Promise<ReturnType<typeof rewriteAll>[]> {
  fake.reset();
  fake.setFaults(() => 'hang');
  const answers = rewriteAll();
  await vi.waitFor(() => expect(fake.calls).toHaveLength(AT_ONCE), soon);
  return [answers];
}

/** As if ten minutes had passed in which nothing was heard of what runs. */
async function loseAll() {
  const running = await sql()<{ id: string }[]>`select id from jobs where status = 'processing'`;
  for (const { id } of running) await standStill(id, 11 * 60);
}

it('from everybody to nobody to everybody again loses no job, though each change kills what runs', async () => {
  await deploy(100);
  const before = await rewriteAll();
  const [byEngine] = await leaveWaiting();

  await deploy(0);
  expect(await byEngine).toEqual(userIds.map(() => undefined));
  fake.reset();
  const without = await rewriteAll();
  await vi.waitFor(async () => expect(await statuses()).toEqual(Array(3 * AT_ONCE).fill('completed')), soon);
  const [here] = await leaveWaiting();

  await deploy(100);
  expect(await here).toEqual(userIds.map(() => undefined));
  fake.reset();
  const after = await rewriteAll();
  // The engine knows nothing of those that ran without it: the sweep finds them when they have stood still.
  expect((await statuses()).filter((status) => status === 'processing')).toHaveLength(AT_ONCE);
  await loseAll();
  expect(await requeueStalledJobs()).toBe(AT_ONCE);
  for (const start of await listWaitingJobs(0)) await announce(jobStartedEvent(start));
  await vi.waitFor(async () => expect(await statuses()).toEqual(Array(5 * AT_ONCE).fill('completed')), soon);

  expect(new Set([...before, ...without, ...after].map((each) => JSON.stringify(each))).size).toBe(1);
  const [books] = await sql()`
    select count(*) filter (where kind = 'reserve')::int as reserved, count(*) filter (where closes = 'reserve')::int as closed,
      count(distinct job_id)::int as jobs from ledger_entries`;
  expect(books).toEqual({ reserved: 5 * AT_ONCE, closed: 5 * AT_ONCE, jobs: 5 * AT_ONCE });
  const charged = await sql()`
    select jobs.id from jobs join ledger_entries on job_id = jobs.id and closes = 'reserve' where used <> actual_credits`;
  expect(charged).toEqual([]);
});
