import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { sql } from '@/db/client';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { type AddedJob, addJob, type JobPlan } from '@/db/testing/factories';
import { env } from '@/lib/env';
import { storeFile } from '@/lib/storage/store';
import { forgetOldUploads } from './forget-old-uploads';
import { removeOrphanNovels } from './remove-orphan-novels';
import { retryJob } from './retry-job';

const environment = await vi.hoisted(async () =>
  (await import('@/db/testing/prepare-environment')).prepareEnvironment(),
);

connectTestDatabase();
afterAll(environment.remove);

const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);
const OLD = hoursAgo(env().FILE_RETENTION_HOURS + 1);

async function addWithFile(plan: JobPlan, createdAt = OLD) {
  const { key } = await storeFile(Readable.from([Buffer.from('%PDF')]), 100);
  const job = await addJob({ ...plan, novel: { storageKey: key, createdAt } });
  const isKept = async () => {
    const [row] = await sql()`select storage_key from novels where id = ${job.novelId}`;
    expect(row?.storage_key).toBe(existsSync(join(environment.dataDir, 'files', key)) ? key : null);
    return row?.storage_key !== null;
  };
  return { ...job, isKept };
}

const isRefused = (answer: Promise<unknown>) =>
  answer.then(
    () => false,
    () => true,
  );

describe('an upload', () => {
  it('goes after its time, once, and the job can still be retried', async () => {
    const read = await addWithFile({ status: 'failed' });
    const young = await addWithFile({ status: 'failed' }, hoursAgo(env().FILE_RETENTION_HOURS - 1));
    expect([await forgetOldUploads(), await forgetOldUploads()]).toEqual([1, 0]);
    expect([await read.isKept(), await young.isKept()]).toEqual([false, true]);
    expect(await retryJob(read.userId, read.jobId, {})).toMatchObject({ run: 1 });
  });

  it('stays for a job that has still to read it', async () => {
    const waiting = await addWithFile({ status: 'pending' });
    expect(await forgetOldUploads()).toBe(0);
    expect(await waiting.isKept()).toBe(true);
  });

  it('that was never read is missed by a retry, which says so', async () => {
    const unread = await addWithFile({ status: 'cancelled', chunks: [{}] });
    await forgetOldUploads();
    const retry = retryJob(unread.userId, unread.jobId, {});
    await expect(retry).rejects.toMatchObject({ code: 'FILE_EXPIRED', message: expect.stringMatching(/file/) });
  });

  it('is either there for a retry or refused to it, whoever comes first', async () => {
    const cancelled = () => addWithFile({ status: 'cancelled', chunks: [{}] });
    const retry = ({ userId, jobId }: AddedJob) => isRefused(retryJob(userId, jobId, {}));
    // One after the other, in both orders, so that each end is seen; then as the race has it.
    const first = await cancelled();
    expect([await retry(first), await forgetOldUploads(), await first.isKept()]).toEqual([false, 0, true]);
    const late = await cancelled();
    expect([await forgetOldUploads(), await retry(late), await late.isKept()]).toEqual([1, true, false]);
    for (let round = 0; round < 30; round += 1) {
      const job = await cancelled();
      const [refused] = await Promise.all([retry(job), forgetOldUploads()]);
      expect(await job.isKept()).toBe(!refused);
    }
  });
});

it('removes novels that no job is about, but not what is just coming in', async () => {
  const [orphan, fresh, known] = [
    await addJob({ novel: { createdAt: OLD } }),
    await addJob(),
    await addJob({ novel: { createdAt: OLD } }),
  ];
  await sql()`delete from jobs where id in ${sql()([orphan.jobId, fresh.jobId])}`;
  await sql()`delete from novels where created_at < now() - interval '1 hour' and id not in ${sql()([orphan.novelId, known.novelId])}
    and not exists (select from jobs where novel_id = novels.id)`;
  expect([await removeOrphanNovels(), await removeOrphanNovels()]).toEqual([1, 0]);
  const left = await sql()`select id from novels where id in ${sql()([orphan.novelId, fresh.novelId, known.novelId])}`;
  expect(left.map(({ id }) => id).sort()).toEqual([fresh.novelId, known.novelId].sort());
});
