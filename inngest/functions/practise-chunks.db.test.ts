import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { sql } from '@/db/client';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { startPipeline } from '@/e2e/support/pipeline';
import { announce } from '@/inngest/client';
import { appStarted } from '@/inngest/events';

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

it('the practice of an app that has started goes through all its steps, and leaves no job', async () => {
  await announce(appStarted.create());
  const runs = () => sql()`
    select status, (select count(*)::int from inngest_embedded.steps where run_id = runs.id) as steps
    from inngest_embedded.runs where fn like '%practise-chunks'`;
  await expect.poll(runs, { timeout: 30_000 }).toMatchObject([{ status: 'Completed', steps: 34 }]);
  expect(await sql()`select from jobs union all select from sentences union all select from chunks`).toEqual([]);
});
