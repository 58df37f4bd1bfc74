import { afterAll, expect, it, vi } from 'vitest';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { addJob } from '@/db/testing/factories';
import { processChunk } from './process-chunk';

const { environment, fake } = await vi.hoisted(async () => {
  const { startFakeGemini } = await import('@/e2e/support/fake-gemini');
  const { prepareEnvironment } = await import('@/db/testing/prepare-environment');
  const fake = await startFakeGemini({ latencyMs: 300 });
  return { fake, environment: prepareEnvironment({ GEMINI_API_KEY: 'key', GEMINI_BASE_URL: fake.url }) };
});

const ASKED = { isLastAttempt: false, runId: 'run' };

connectTestDatabase();
afterAll(async () => {
  await fake.close();
  environment.remove();
});

it('pays one call for a chunk that an engine, dead meanwhile, asks for again while it is under way', async () => {
  const { jobId } = await addJob({
    status: 'processing',
    chunks: [{ sentences: ['pending'] }],
    job: { engine: 'gemini', runId: ASKED.runId },
  });
  const first = processChunk(jobId, 0, ASKED);
  await expect.poll(() => fake.calls.length, { timeout: 10_000 }).toBe(1);
  const second = processChunk(jobId, 0, ASKED);
  expect(await Promise.all([first, second])).toEqual(Array(2).fill({ chunk: 0, outcome: 'done', sentences: 1 }));
  expect(fake.calls).toHaveLength(1);
  expect(await processChunk(jobId, 0, ASKED)).toMatchObject({ outcome: 'stopped' });
});
