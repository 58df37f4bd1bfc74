import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { closeDatabase, openDatabase, sql } from '@/db/client';
import { startEmbeddedPostgres } from '@/db/embedded';
import { migrateDatabase } from '@/db/migrate';
import { type FakeGemini, startFakeGemini } from '@/e2e/support/fake-gemini';
import { takeTurn } from '@/lib/rewrite/pace/turns';
import type { Measurement } from './measurement';

/** Ten times as fast as a limit of 120 calls a minute, so that a minute's work fits into this bench. */
const LIMIT = { callsPerMinute: 1200, burst: 20, retryStepMs: 100 };
const PROCESSES = 2;
const LANES = 5;
const LATENCY_MS = 250;
/** Settled: a rate was sought, found too high and cut until it held; this takes that many calls at most. */
const SETTLING_CALLS = 250;
const MEASURED_CALLS = 400;
const CEILING = 600;
const CEILING_CALLS = 60;
/** The first calls come late to the fake, while the lanes connect. */
const CONNECTING_CALLS = 10;
const TURNS = 300;

export async function run(): Promise<Measurement[]> {
  process.env.LOG_LEVEL ??= 'silent';
  const dataDir = await mkdtemp(join(tmpdir(), 'novel-bench-'));
  await chmod(dataDir, 0o711);
  const postgres = await startEmbeddedPostgres({ dataDir });
  const fake = await startFakeGemini({ latencyMs: LATENCY_MS });
  try {
    await migrateDatabase(postgres.url);
    openDatabase(postgres.url);
    return [await measureTurn(), ...(await measureLimit(postgres.url, fake)), await measureCeiling(postgres.url, fake)];
  } finally {
    await closeDatabase();
    await fake.close();
    await postgres.stop();
    await rm(dataDir, { recursive: true });
  }
}

async function measureTurn(): Promise<Measurement> {
  const times: number[] = [];
  for (let turn = 0; turn < TURNS; turn++) {
    const begin = performance.now();
    await takeTurn(null);
    times.push(performance.now() - begin);
  }
  const median = times.toSorted((one, other) => one - other)[TURNS / 2] ?? Number.NaN;
  return { what: 'a turn when nothing limits, median', value: median, unit: 'ms', goal: { atMost: 10 } };
}

async function measureLimit(databaseUrl: string, fake: FakeGemini): Promise<Measurement[]> {
  fake.setLimit(LIMIT);
  await withLanes(databaseUrl, fake, undefined, () => untilCalls(fake, SETTLING_CALLS + MEASURED_CALLS));
  const settling = fake.calls.slice(0, SETTLING_CALLS);
  const settled = fake.calls.slice(SETTLING_CALLS, SETTLING_CALLS + MEASURED_CALLS);
  const seconds = secondsOf(settled);
  const refused = settled.filter(({ status }) => status === 429).length;
  const ideal = (LIMIT.callsPerMinute / 60) * seconds;
  const answered = settled.length - refused;
  fake.setLimit(undefined);
  return [
    { what: 'time to settle', value: secondsOf(settling), unit: 's' },
    { what: '429s until settled', value: settling.filter(({ status }) => status === 429).length, unit: 'calls' },
    { what: 'answered, to the limit', value: (answered / ideal) * 100, unit: '%', goal: { atLeast: 90 } },
    { what: '429s', value: (refused / settled.length) * 100, unit: '%', goal: { atMost: 1 } },
  ];
}

async function measureCeiling(databaseUrl: string, fake: FakeGemini): Promise<Measurement> {
  await withLanes(databaseUrl, fake, CEILING, () => untilCalls(fake, CEILING_CALLS));
  const calls = fake.calls.slice(CONNECTING_CALLS);
  const perSecond = (calls.length - 1) / secondsOf(calls);
  const value = (perSecond / (CEILING / 60)) * 100;
  return { what: 'calls under our own ceiling, to the ceiling', value, unit: '%', goal: { atMost: 100 } };
}

/** Starts from a row that knows nothing, with lanes in several processes that ask as long as `work` lasts. */
async function withLanes(url: string, fake: FakeGemini, ceiling: number | undefined, work: () => Promise<unknown>) {
  await sql()`delete from model_pace`;
  fake.reset();
  const children = Array.from({ length: PROCESSES }, () => startLanes([url, fake.url, String(LANES), ceiling ?? '']));
  try {
    await work();
  } finally {
    for (const child of children) child.kill();
    await Promise.all(children.map((child) => (child.exitCode === null ? once(child, 'exit') : undefined)));
  }
}

async function untilCalls(fake: FakeGemini, count: number): Promise<void> {
  while (fake.calls.length < count) await sleep(20);
}

const startLanes = (args: (string | number)[]): ChildProcess =>
  fork('bench/support/pace-lanes.ts', args.map(String), {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, LOG_LEVEL: 'silent' },
  });

const secondsOf = (calls: { startedAt: number }[]): number =>
  ((calls.at(-1)?.startedAt ?? Number.NaN) - (calls[0]?.startedAt ?? Number.NaN)) / 1000;
