import { afterAll, expect, it, vi } from 'vitest';
import { sql } from '@/db/client';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { addJob } from '@/db/testing/factories';
import { finishJob } from './finish-job';
import { processChunk } from './process-chunk';

const { environment, fake } = await vi.hoisted(async () => {
  const { REFUSED_KEY, startFakeGemini } = await import('@/e2e/support/fake-gemini');
  const { prepareEnvironment } = await import('@/db/testing/prepare-environment');
  const fake = await startFakeGemini();
  return { fake, environment: prepareEnvironment({ GEMINI_API_KEY: REFUSED_KEY, GEMINI_BASE_URL: fake.url }) };
});

connectTestDatabase();
afterAll(async () => {
  await fake.close();
  environment.remove();
});

it('fails every chunk, and the job with the reason, when the model refuses the key', async () => {
  const open = () => ({ sentences: ['kept' as const, 'pending' as const] });
  const { jobId } = await addJob({ status: 'processing', chunks: [open(), open()], job: { engine: 'gemini' } });
  for (const chunk of [0, 1]) {
    expect(await processChunk(jobId, chunk, { isLastAttempt: false })).toMatchObject({ outcome: 'failed' });
  }
  expect(await finishJob(jobId)).toEqual({ status: 'failed' });
  const [job] = await sql()`
    select error_code as code, sentences_kept as kept, sentences_failed as failed from jobs where id = ${jobId}`;
  expect(job).toEqual({ code: 'MODEL_KEY_REFUSED', kept: 2, failed: 2 });
});
