import { expect, it } from 'vitest';
import { db } from '@/db/client';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { addJob } from '@/db/testing/factories';
import { reserveCredits, settleCredits } from '@/lib/credits/ledger';
import { newId } from '@/lib/ids';
import { readMetrics } from './read-metrics';

connectTestDatabase();

it('tells how many jobs and chunks there are in each state, who waits for how long, and what is reserved', async () => {
  await addJob({ status: 'pending', job: { queuedAt: new Date(Date.now() - 90_000) } });
  await addJob({ status: 'pending', job: { fileDueAt: new Date(Date.now() + 60_000) } });
  const { userId } = await addJob({ status: 'failed' });
  const runs = [5, 7].map((credits) => ({ userId, jobId: newId(), run: 0, credits }));
  await db().transaction(async (tx) => {
    for (const run of runs) await reserveCredits(tx, run, run.credits);
    for (const run of runs.slice(0, 1)) await settleCredits(tx, run, 2);
  });
  const families = await readMetrics();
  const sampleOf = (name: string, label?: string) =>
    families
      .find((family) => family.name === `french_novel_${name}`)
      ?.samples.find(({ labels = {} }) => label === undefined || Object.values(labels).includes(label))?.value;
  expect(['pending', 'failed', 'completed'].map((status) => sampleOf('jobs', status))).toEqual([2, 1, 0]);
  expect(['pending', 'failed', 'done'].map((status) => sampleOf('chunks', status))).toEqual([2, 1, 0]);
  expect(sampleOf('queue_depth')).toBe(1);
  expect(sampleOf('queue_oldest_seconds')).toBeCloseTo(90, -1);
  expect(sampleOf('credits_reserved')).toBe(7);
  expect(sampleOf('model_calls_total', 'MODEL_RATE_LIMITED')).toBe(0);
});
