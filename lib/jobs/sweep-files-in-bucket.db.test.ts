import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { addJob } from '@/db/testing/factories';
import { startS3Server } from '@/e2e/support/s3-server';
import { createStore } from '@/lib/storage/store';

const database = connectTestDatabase();
const run = promisify(execFile);

let s3: Awaited<ReturnType<typeof startS3Server>>;
let here: string;
let there: string;
beforeAll(async () => {
  s3 = await startS3Server();
  here = await mkdtemp(join(tmpdir(), 'novel-sweep-'));
  there = await mkdtemp(join(tmpdir(), 'novel-sweep-'));
});
afterAll(async () => {
  await s3.close();
  await Promise.all([here, there].map((folder) => rm(folder, { recursive: true })));
});

/** By a process of its own, which knows of uploads what database, bucket and folder tell; how many files it removed. */
async function sweep(dataDir: string): Promise<string> {
  const { place } = s3;
  const env = {
    ...process.env,
    DATABASE_URL: database.url,
    DATA_DIR: dataDir,
    NEXTAUTH_SECRET: 'a secret for sweeps, 32 or longer',
    S3_ENDPOINT: place.endpoint,
    S3_BUCKET: place.bucket,
    S3_REGION: place.region,
    S3_ACCESS_KEY_ID: place.accessKeyId,
    S3_SECRET_ACCESS_KEY: place.secretAccessKey,
  };
  const script = `import('./lib/jobs/sweep-files.ts').then(async ({ sweepFiles }) => {
    process.stdout.write(String(await sweepFiles()));
    process.exit();
  });`;
  const { stdout } = await run(process.execPath, ['--import', 'tsx', '--eval', script], { env });
  return stdout;
}

it('leaves an upload alone that another process is receiving, has stored, and has written down', async () => {
  const store = createStore({ dataDir: here, s3: s3.place });
  const upload = new PassThrough();
  const storing = store.storeFile(upload, 100);
  upload.write('%PDF half');
  await expect.poll(() => readdir(join(here, 'files', '.incoming')).catch(() => [])).toHaveLength(1);
  // On the machine that receives it, too.
  expect(await Promise.all([sweep(here), sweep(there)])).toEqual(['0', '0']);
  upload.end(' and half');
  const { key } = await storing;
  expect(await sweep(there), 'stored, and no novel refers to it yet').toBe('0');
  await addJob({ novel: { storageKey: key } });
  expect(await sweep(there)).toBe('0');
  expect(await store.withFile(key, (path) => readFile(path, 'utf8'))).toBe('%PDF half and half');
}, 90_000);
