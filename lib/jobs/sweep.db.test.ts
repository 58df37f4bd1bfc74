import { existsSync } from 'node:fs';
import { utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { sql } from '@/db/client';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { addJob } from '@/db/testing/factories';
import { AppError, type ErrorCode } from '@/lib/errors';
import { storeFile } from '@/lib/storage/store';
import { failJobOnError } from './fail-job-on-error';
import { listWaitingJobs } from './list-waiting-jobs';
import { findStatus } from './start-job';
import { JOB_STATUSES } from './status';
import { sweepFiles } from './sweep-files';

const environment = await vi.hoisted(async () =>
  (await import('@/db/testing/prepare-environment')).prepareEnvironment(),
);

connectTestDatabase();
afterAll(environment.remove);

const HOUR_MS = 60 * 60 * 1000;
const filePath = (key: string) => join(environment.dataDir, 'files', key);

it('finds the jobs whose start was lost, and no others', async () => {
  const jobs = await Promise.all(JOB_STATUSES.map((status) => addJob({ status, job: { workers: 3, retryCount: 2 } })));
  const pending = jobs[JOB_STATUSES.indexOf('pending')]?.jobId;
  expect(await listWaitingJobs(HOUR_MS)).toEqual([]);
  expect(await listWaitingJobs(-1000)).toEqual([{ jobId: pending, run: 2, workers: 3, priority: 0 }]);
});

it('removes old files that no novel refers to, once', async () => {
  const store = async () => {
    const { key } = await storeFile(Readable.from([Buffer.from('%PDF')]), 100);
    await utimes(filePath(key), new Date(), new Date(Date.now() - 2 * HOUR_MS));
    return key;
  };
  const [known, orphan] = [await store(), await store()];
  await addJob({ novel: { storageKey: known } });
  expect([await sweepFiles(), await sweepFiles()]).toEqual([1, 0]);
  expect([known, orphan].map((key) => existsSync(filePath(key)))).toEqual([true, false]);
});

describe('failJobOnError', () => {
  const attempt = async (error: unknown, isLastAttempt: boolean) => {
    const { jobId } = await addJob({ status: 'processing' });
    const answer = failJobOnError(jobId, isLastAttempt, () => Promise.reject(error)).then(
      () => 'ended',
      (thrown: unknown) => (thrown === error ? 'thrown' : thrown),
    );
    return { answer: await answer, status: await findStatus(jobId), jobId };
  };

  it.each<[string, ErrorCode, boolean, string, string]>([
    ['nothing can mend', 'PDF_NO_TEXT', false, 'ended', 'failed'],
    ['may pass', 'UNAVAILABLE', false, 'thrown', 'processing'],
    ['did not pass', 'UNAVAILABLE', true, 'ended', 'failed'],
  ])('with a failure that %s (%s, last: %s): %s, and the job is %s', async (_, code, isLast, answer, status) => {
    const result = await attempt(new AppError(code, 'The reason.'), isLast);
    expect(result).toMatchObject({ answer, status });
    const rows = await sql()`select error_code as code, error_detail as detail from jobs where id = ${result.jobId}`;
    expect(rows).toEqual([status === 'failed' ? { code, detail: 'The reason.' } : { code: null, detail: null }]);
  });

  it('leaves an error that is not ours to the step engine, even at the last attempt', async () => {
    expect(await attempt(new TypeError('a bug'), true)).toMatchObject({ answer: 'thrown', status: 'processing' });
  });

  it('hands on what the work gives', async () => {
    expect(await failJobOnError('nothing', true, async () => 7)).toBe(7);
  });
});
