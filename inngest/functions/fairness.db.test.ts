import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { sql } from '@/db/client';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { addUser } from '@/db/testing/factories';
import { startPipeline } from '@/e2e/support/pipeline';
import { joinLine, queueReaders } from './testing/readers-in-line';

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
    MODEL_CONCURRENCY: '1',
  });
  return { environment, fake, enginePort };
});

const database = connectTestDatabase();
let pipeline: Awaited<ReturnType<typeof startPipeline>>;

beforeAll(async () => {
  pipeline = await startPipeline({ databaseUrl: database.url, enginePort });
});
beforeEach(() => fake.reset());
afterAll(async () => {
  await pipeline.close();
  await fake.close();
  environment.remove();
});

it('lets nobody of 20 readers with 3 novels each wait more than twice the mean, whatever the order they came in', async () => {
  fake.setLatency(60);
  const waits = await queueReaders(20, 3);
  expect(waits.longestOfReaders / waits.mean).toBeLessThan(2);
  // In the order they came in, the last reader's first novel would have waited for 57 of 59 others.
  expect(waits.longestForFirst / waits.mean).toBeLessThan(1);
});

/** Holds the only lane until all have joined the line; answers in which order their novels were begun. */
async function orderOf(join: () => Promise<string[]>): Promise<string[]> {
  fake.setLatency(60_000);
  const blocker = await joinLine(await addUser());
  await expect.poll(() => fake.calls.length, { timeout: 20_000 }).toBe(1);
  const jobIds = await join();
  fake.setLatency(0);
  await sql()`update jobs set status = 'cancelled', completed_at = now(), cancelled_at = now() where id = ${blocker}`;
  await expect
    .poll(() => sql()`select 1 from jobs where id = any(${jobIds}) and status = 'completed'`, { timeout: 20_000 })
    .toHaveLength(jobIds.length);
  const rows = await sql()<{ id: string }[]>`select id from jobs where id = any(${jobIds}) order by started_at`;
  return rows.map(({ id }) => id);
}

it('lets the better plan go first, and of one plan who came first', async () => {
  const names = ['free', 'reader', 'school', 'free', 'reader', 'school'] as const;
  const jobs = new Map<string, string>();
  const order = await orderOf(async () => {
    for (const [index, plan] of names.entries()) jobs.set(await joinLine(await addUser({ plan })), `${plan} ${index}`);
    return [...jobs.keys()];
  });
  expect(order.map((id) => jobs.get(id))).toEqual(['school 2', 'school 5', 'reader 1', 'reader 4', 'free 0', 'free 3']);
});

/** As if the run had come so much earlier. */
const waitFor = (jobId: string, seconds: number) => sql()`
  update inngest_embedded.jobs set score = score - ${seconds * 1_000_000} where run_id in (
    select runs.id from inngest_embedded.runs runs join inngest_embedded.events on events.id = runs.event_id
    where events.body->'data'->>'jobId' = ${jobId})`;

it('lets no stream of a better plan starve a novel that has waited for minutes', async () => {
  const order: string[] = [];
  let [patient, fresh] = ['', ''];
  order.push(
    ...(await orderOf(async () => {
      patient = await joinLine(await addUser());
      fresh = await joinLine(await addUser());
      await waitFor(patient, 301);
      const stream = [];
      for (let i = 0; i < 5; i += 1) stream.push(await joinLine(await addUser({ plan: 'school' })));
      return [patient, fresh, ...stream];
    })),
  );
  expect([order.indexOf(patient), order.indexOf(fresh)]).toEqual([0, 6]);
});
