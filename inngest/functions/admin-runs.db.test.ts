import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { GET as engineRoute } from '@/app/api/admin/engine/route';
import { GET as runRoute } from '@/app/api/admin/runs/[runId]/route';
import { GET as runsRoute } from '@/app/api/admin/runs/route';
import { db, sql } from '@/db/client';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { addJob, addUser } from '@/db/testing/factories';
import { startPipeline } from '@/e2e/support/pipeline';
import { announce } from '@/inngest/client';
import { jobStartedEvent } from '@/inngest/events';
import { signAccessToken } from '@/lib/auth/access-token';
import { startOf } from '@/lib/jobs/job-start';
import { EngineState, type Run, RunDetails, RunPage } from '@/lib/runs/schema';
import { comeNow } from './testing/come-now';

const { environment, fake, enginePort } = await vi.hoisted(async () => {
  const { startFakeGemini } = await import('@/e2e/support/fake-gemini');
  const { findFreePort } = await import('@/scripts/start/free-port');
  const { prepareEnvironment } = await import('@/db/testing/prepare-environment');
  const fake = await startFakeGemini();
  const enginePort = await findFreePort(0, '127.0.0.1');
  const environment = prepareEnvironment({
    GEMINI_API_KEY: 'key',
    GEMINI_BASE_URL: fake.url,
    INNGEST_DEV: `http://127.0.0.1:${enginePort}`,
  });
  return { environment, fake, enginePort };
});

const database = connectTestDatabase();
const PATIENT = { timeout: 30_000 };
let pipeline: Awaited<ReturnType<typeof startPipeline>> | undefined;
let admin = '';

beforeAll(async () => {
  pipeline = await startPipeline({ databaseUrl: database.url, enginePort });
  admin = await addUser({ role: 'admin' });
});
afterAll(async () => {
  await pipeline?.close();
  await fake.close();
  environment.remove();
});

async function ask(path: string): Promise<Response> {
  const headers = { authorization: `Bearer ${await signAccessToken(admin)}` };
  const request = new Request(`http://localhost:3000/api/admin/${path}`, { headers });
  if (path === 'engine') return engineRoute(request, { params: Promise.resolve({}) });
  const runId = /^runs\/(.+)$/.exec(path)?.[1];
  if (runId === undefined) return runsRoute(request, { params: Promise.resolve({}) });
  return runRoute(request, { params: Promise.resolve({ runId }) });
}
const readEngine = async () => EngineState.parse(await (await ask('engine')).json());
const list = async (query = '') => RunPage.parse(await (await ask(`runs${query}`)).json());
const details = async (id: string) => RunDetails.parse(await (await ask(`runs/${id}`)).json());

async function startJob(engine: 'gemini' | 'offline') {
  const { jobId } = await addJob({ chunks: [{ sentences: ['pending'] }, { sentences: ['kept'] }], job: { engine } });
  await announce(jobStartedEvent(await db().transaction((tx) => startOf(tx, jobId))));
  return jobId;
}
async function found(jobId: string, status: Run['status']): Promise<Run> {
  return vi.waitUntil(
    async () =>
      (await list(`?status=${status}`)).items.find((run) => run.job_id === jobId && /^process/.test(run.function.name)),
    { ...PATIENT, interval: 50 },
  );
}

it('an admin sees a run of a job while it works and when it is done', async () => {
  fake.setLatency(600_000);
  const jobId = await startJob('gemini');
  const running = await found(jobId, 'running');
  expect(running).toMatchObject({
    function: { name: 'process-novel-1' },
    event: 'novel/job.started',
    ended_at: null,
    error: null,
  });
  const atWork = async () => (await details(running.id)).steps.map(({ name, status }) => `${name} ${status}`);
  await expect.poll(atWork, PATIENT).toContain('process-chunk-0000 running');
  expect(await readEngine()).toMatchObject({
    engine: 'embedded',
    queue: { running: expect.any(Number) },
    workers: [{ alive: true }],
    functions: expect.arrayContaining([expect.objectContaining({ name: 'process-novel-1', running: 1 })]),
  });
  const done = await found(await startJob('offline'), 'completed');
  expect(done).toMatchObject({ state: null, attempts: 1, steps: { done: 4, total: 4 } });
  expect((await details(done.id)).steps.map(({ name }) => name)).toEqual([
    'split-job',
    'process-chunk-0000',
    'process-chunk-0001',
    'finish-job',
  ]);
});

it('an admin sees where a run failed, and of its error nothing that it may quote', async () => {
  await sql()`alter table webhook_deliveries rename to lost_deliveries`;
  await comeNow('cron', 'sweep-old-keys');
  const failed = async () => (await list('?status=failed&function=french-novel-tool-sweep-old-keys')).items[0];
  const run = await vi.waitUntil(failed, { ...PATIENT, interval: 50 });
  await sql()`alter table lost_deliveries rename to webhook_deliveries`;
  expect(run.error).toEqual({ name: 'PostgresError', code: null, message: null });
  const { steps } = await details(run.id);
  expect(steps).toMatchObject([
    { name: 'sweep-keys', status: 'done', error: null },
    { name: 'sweep-messages', status: 'failed', error: { message: null } },
  ]);
  expect(await (await ask(`runs/${run.id}`)).text()).not.toContain('webhook_deliveries');
});

it('runs come page by page, and what cannot be asked is refused', async () => {
  const all = (await list('?limit=100')).items.map(({ id }) => id);
  const first = await list('?limit=2');
  const second = await list(`?limit=2&cursor=${first.next}`);
  expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(all.slice(0, 4));
  expect((await ask('runs?status=lost')).status).toBe(422);
  expect((await ask('runs?cursor=1')).status).toBe(422);
  expect((await ask('runs/01JUNKNOWN')).status).toBe(404);
});

it('an engine that is away is said to be away', async () => {
  await pipeline?.close();
  pipeline = undefined;
  expect(await readEngine()).toEqual({ engine: 'unreachable', address: `http://127.0.0.1:${enginePort}` });
  expect((await ask('runs')).status).toBe(503);
});
