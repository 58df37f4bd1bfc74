import { fork } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@/db/embedded';
import { migrateDatabase } from '@/db/migrate';
import { type FakeGemini, startFakeGemini } from '@/e2e/support/fake-gemini';
import type { Waits } from '@/inngest/functions/testing/readers-in-line';
import { findFreePort } from '@/scripts/start/free-port';
import type { Measurement } from './measurement';

const READERS = 20;
const NOVELS_EACH = 3;
const LATENCY_MS = 500;
const LANES = 3;

/** 20 readers send three novels each, one reader after the other: who waits how long for their turn. */
export async function run(): Promise<Measurement[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'novel-bench-'));
  // As root, the database runs as a user who must be able to pass.
  await chmod(dataDir, 0o711);
  const postgres = await startEmbeddedPostgres({ dataDir });
  const fake = await startFakeGemini({ latencyMs: LATENCY_MS });
  try {
    await migrateDatabase(postgres.url);
    const waits = await play(postgres.url, dataDir, fake);
    return [
      { what: 'novels in the queue, mean', value: waits.mean, unit: 's' },
      {
        what: 'the reader who waited longest, to the mean',
        value: waits.longestOfReaders / waits.mean,
        unit: '×',
        goal: { atMost: 2 },
      },
      {
        what: 'the longest wait for a first novel, to the mean',
        value: waits.longestForFirst / waits.mean,
        unit: '×',
        goal: { atMost: 1 },
      },
      { what: 'the longest wait of all, to the mean', value: waits.longest / waits.mean, unit: '×' },
    ];
  } finally {
    await fake.close();
    await postgres.stop();
    await rm(dataDir, { recursive: true });
  }
}

async function play(databaseUrl: string, dataDir: string, fake: FakeGemini): Promise<Waits> {
  const enginePort = await findFreePort(0, '127.0.0.1');
  const args = [databaseUrl, enginePort, READERS, NOVELS_EACH].map(String);
  const child = fork('bench/support/play-fairness.ts', args, {
    execArgv: ['--import', 'tsx'],
    env: {
      ...process.env,
      DATA_DIR: dataDir,
      NEXTAUTH_SECRET: 'a secret for benches, 32 or longer',
      INNGEST_DEV: `http://127.0.0.1:${enginePort}`,
      GEMINI_API_KEY: 'key',
      GEMINI_BASE_URL: fake.url,
      MODEL_CONCURRENCY: String(LANES),
      LOG_LEVEL: 'silent',
    },
  });
  const ended = once(child, 'exit');
  const told: Promise<Waits[]> = once(child, 'message').then(([waits]) => [waits]);
  const [waits] = await Promise.race([told, ended.then(([code]) => Promise.reject(new Error(`ended with ${code}`)))]);
  await ended;
  if (!waits) throw new Error('it said nothing');
  return waits;
}
