import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { sql } from '@/db/client';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { addUser } from '@/db/testing/factories';
import { type FakeGemini, startFakeGemini } from '@/e2e/support/fake-gemini';
import { explainCalls, findEnding, waitForEnd } from '@/e2e/support/kill-harness';
import { makeNovel } from '@/e2e/support/novel-maker';
import { startS3Server } from '@/e2e/support/s3-server';
import { startWebPair } from '@/e2e/support/web-pair';
import { type RunningEngine, startEngine } from '@/inngest/embedded/start-engine';

const LATENCY_MS = 1_500;
const CHUNKS = 3;

const database = connectTestDatabase();
const file = join(tmpdir(), `many-machines-${process.pid}.pdf`);
let s3: Awaited<ReturnType<typeof startS3Server>>;
let fake: FakeGemini;
let engine: RunningEngine;
let pair: Awaited<ReturnType<typeof startWebPair>>;

const startOn = (port: number) =>
  startEngine({ databaseUrl: database.url, port, dev: true, leaseMs: 2_000, retryIntervalMs: 200 });

beforeAll(async () => {
  await writeFile(file, (await makeNovel({ seed: 45, pages: 60 })).pdf);
  s3 = await startS3Server();
  fake = await startFakeGemini({ latencyMs: LATENCY_MS });
  engine = await startOn(0);
  const { place } = s3;
  pair = await startWebPair({ databaseUrl: database.url, engineUrl: engine.url, geminiUrl: fake.url, s3: place });
});
afterAll(async () => {
  await pair.close();
  await engine.close();
  await fake.close();
  await s3.close();
  await rm(file);
});
beforeEach(() => {
  fake.reset();
  fake.setLatency(LATENCY_MS);
  Object.assign(pair.asked, { one: 0, other: 0 });
});

/** Uploads at one machine and tells how it ended; `disturb` is called when the model has been asked for every chunk. */
async function run(disturb?: () => number | Promise<number>) {
  const [before] = await sql()<{ n: number }[]>`select count(*)::int as n from jobs`;
  pair.startJob('one', file, await addUser());
  let disturbedAt: number | undefined;
  if (disturb) {
    await expect.poll(() => fake.calls.length, { timeout: 30_000 }).toBe(CHUNKS);
    disturbedAt = await disturb();
  }
  const ending = await findEnding(await waitForEnd(before?.n ?? 0));
  return { ...ending, calls: explainCalls(fake.calls, disturbedAt), asked: { ...pair.asked } };
}

it('runs on one machine what was uploaded at the other, and leaves it on the disk of neither', async () => {
  pair.route(() => 'other');
  const { accounts, calls, asked, miscounts } = await run();
  expect(accounts).toMatchObject({ status: 'completed', partial: false });
  expect(miscounts).toEqual([]);
  expect(asked).toEqual({ one: 0, other: expect.any(Number) });
  expect(calls).toEqual({ stored: CHUNKS, lost: 0, unexplained: [] });
  expect(await pair.listFiles()).toEqual([]);
  const stored = s3.asked().filter((line) => line.startsWith('PUT '));
  expect(stored).toHaveLength(1);
});

it('shares the steps of a job, each done once', async () => {
  pair.route((count) => (count % 2 === 0 ? 'one' : 'other'));
  const { accounts, calls, asked } = await run();
  expect(accounts).toMatchObject({ status: 'completed', partial: false });
  expect(Math.min(asked.one, asked.other)).toBeGreaterThan(2);
  expect(calls).toEqual({ stored: CHUNKS, lost: 0, unexplained: [] });
});

it('comes to the same when one machine is killed in the middle and the other goes on', async () => {
  pair.route(() => 'other');
  const undisturbed = await run();
  fake.reset();
  pair.route(() => 'one');
  const disturbed = await run(() => {
    pair.kill9('one');
    pair.route(() => 'other');
    return Date.now();
  });
  await pair.revive('one');
  expect(disturbed.accounts).toEqual(undisturbed.accounts);
  expect(disturbed.sentences).toEqual(undisturbed.sentences);
  expect(disturbed.miscounts).toEqual([]);
  expect(disturbed.calls).toEqual({ stored: CHUNKS, lost: CHUNKS, unexplained: [] });
});

it('does not ask the model again when a new engine asks the other machine for what one is still doing', async () => {
  fake.setLatency(8_000);
  pair.route(() => 'one');
  const { accounts, calls, asked } = await run(async () => {
    pair.route(() => 'other');
    const { port } = new URL(engine.url);
    await engine.close();
    engine = await startOn(Number(port));
    return Date.now();
  });
  expect(accounts).toMatchObject({ status: 'completed', partial: false });
  expect(asked.other).toBeGreaterThanOrEqual(CHUNKS);
  expect(calls).toEqual({ stored: CHUNKS, lost: 0, unexplained: [] });
});
