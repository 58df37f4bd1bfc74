import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { db } from '@/db/client';
import { quotes } from '@/db/schema';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { addJob } from '@/db/testing/factories';
import { newQuote } from '@/db/testing/new-quote';
import { novelForm } from '@/e2e/support/ask-route';
import { signAccessToken } from '@/lib/auth/access-token';
import { newId } from '@/lib/ids';
import { listOperations, readApiDocument } from './testing/api-document';
import { answerChecker } from './testing/check-answer';
import { handlersOf } from './testing/served-routes';

const environment = await vi.hoisted(async () =>
  (await import('@/db/testing/prepare-environment')).prepareEnvironment({
    S3_ENDPOINT: 'http://127.0.0.1:9',
    S3_BUCKET: 'shelf',
    S3_REGION: 'eu-west-3',
    S3_ACCESS_KEY_ID: 'key',
    S3_SECRET_ACCESS_KEY: 'secret',
  }),
);

connectTestDatabase();
afterAll(environment.remove);

const KEY = `${newId()}.pdf`;
const document = readApiDocument();
const check = answerChecker(document, []);

let userId = '';
const params = { jobId: '', quoteId: newId() };
beforeAll(async () => {
  const job = await addJob({ status: 'cancelled', chunks: [{}], job: { retryCount: 0 }, novel: { storageKey: KEY } });
  ({ userId } = job);
  params.jobId = job.jobId;
  const ofFile = { id: params.quoteId, novelId: job.novelId, engine: 'offline', estimatedTokens: 0 } as const;
  await db()
    .insert(quotes)
    .values(newQuote(userId, 0, ofFile));
});

const form = () => novelForm(Buffer.from('%PDF-1.7'), { job_id: params.jobId });

it.each([
  ['/jobs', form],
  ['/estimate', form],
  ['/process-pdf', form],
  ['/process-pdf-async', form],
  ['/estimate/{quoteId}', () => '{}'],
  ['/jobs/{jobId}/retry', () => '{}'],
])('while the storage is away, POST %s answers 503 as the document says', async (path, body) => {
  const { POST } = await handlersOf(`/api/v1${path.replaceAll('{', '[').replaceAll('}', ']')}`);
  const operation = listOperations(document).find((one) => one.path === path && one.method === 'POST');
  if (!POST || !operation) throw new Error(`nothing is served at ${path}`);
  const wire = new Response(body());
  const headers = {
    authorization: `Bearer ${await signAccessToken(userId)}`,
    'content-type': typeof body() === 'string' ? 'application/json' : (wire.headers.get('content-type') ?? ''),
  };
  const request = new Request(`http://localhost:3000/api/v1${path}`, {
    method: 'POST',
    body: await wire.bytes(),
    headers,
  });
  const answer = await POST(request, { params: Promise.resolve(params) });
  const { json } = await check(operation, answer);
  expect(json).toMatchObject({ status: 503, code: 'UNAVAILABLE', retryable: true });
});
