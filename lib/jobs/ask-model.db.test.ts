import { afterAll, expect, it, vi } from 'vitest';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { addJob, longText } from '@/db/testing/factories';
import { processChunk } from './process-chunk';

const { environment, fake } = await vi.hoisted(async () => {
  const { startFakeGemini } = await import('@/e2e/support/fake-gemini');
  const { prepareEnvironment } = await import('@/db/testing/prepare-environment');
  const fake = await startFakeGemini();
  const gemini = { GEMINI_API_KEY: 'key', GEMINI_BASE_URL: fake.url, MODEL_REQUESTS_PER_MINUTE: '40' };
  return { fake, environment: prepareEnvironment(gemini) };
});

connectTestDatabase();
afterAll(async () => {
  await fake.close();
  environment.remove();
});

it('asks for each chunk with the page before it and the page after it, and no faster than is allowed', async () => {
  const chunks = Array.from({ length: 3 }, () => ({ sentences: ['pending' as const] }));
  const { jobId } = await addJob({ status: 'processing', chunks, job: { engine: 'gemini' } });
  await Promise.all([0, 1, 2].map((chunk) => processChunk(jobId, chunk, { isLastAttempt: false })));
  const contexts = new Map(fake.calls.map(({ numbers, context }) => [numbers[0], context]));
  expect(contexts).toEqual(
    new Map([
      [0, ['', longText(1)]],
      [1, [longText(0), longText(2)]],
      [2, [longText(1), '']],
    ]),
  );
  const [first, second, third] = fake.calls.map(({ startedAt }) => startedAt).toSorted();
  // Half of what each has of a minute: one may be longer on its way than another.
  const apartMs = 60_000 / 40 / 2;
  expect(Number(second) - Number(first)).toBeGreaterThan(apartMs);
  expect(Number(third) - Number(second)).toBeGreaterThan(apartMs);
});
