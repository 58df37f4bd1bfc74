import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { POST } from '@/app/api/v1/process-pdf/route';
import { sql } from '@/db/client';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { addUser } from '@/db/testing/factories';
import { askRoute, novelForm } from '@/e2e/support/ask-route';
import { makeNovel, type Novel, sentinelSentence } from '@/e2e/support/novel-maker';
import { startPipeline } from '@/e2e/support/pipeline';
import { getCredits, listLedger } from '@/lib/credits/queries';
import { getReport } from './get-report';
import { isInRollout } from './is-in-rollout';
import { getJob } from './queries';
import { ProcessedNovel } from './quote-schema';

const { environment, fake, enginePort } = await vi.hoisted(async () => {
  const { startFakeGemini } = await import('@/e2e/support/fake-gemini');
  const { findFreePort } = await import('@/scripts/start/free-port');
  const { prepareEnvironment } = await import('@/db/testing/prepare-environment');
  const fake = await startFakeGemini();
  const enginePort = await findFreePort(0, '127.0.0.1');
  const environment = prepareEnvironment({
    GEMINI_API_KEY: 'key',
    GEMINI_BASE_URL: fake.url,
    INNGEST_DEV: `http://127.0.0.1:${enginePort}`,
    ASYNC_PROCESSING_PERCENT: '50',
  });
  return { environment, fake, enginePort };
});

// The first use of reader and lexicons starts their processes, on a busy machine for many seconds.
vi.setConfig({ testTimeout: 120_000 });

const database = connectTestDatabase();
let pipeline: Awaited<ReturnType<typeof startPipeline>> | undefined;
let novel: Novel;
/** One whose jobs the engine runs, and one whose jobs run in the request. */
let engineUser = '';
let hereUser = '';

beforeAll(async () => {
  novel = await makeNovel({ seed: 3, pages: 3 });
  while (!engineUser || !hereUser) {
    const userId = await addUser();
    if (isInRollout(userId, 50)) engineUser = userId;
    else hereUser = userId;
  }
  pipeline = await startPipeline({ databaseUrl: database.url, enginePort });
});
afterAll(async () => {
  await pipeline?.close();
  await fake.close();
  environment.remove();
});

const process = async (userId: string, pdf: Uint8Array) => {
  const response = await askRoute(POST, userId, novelForm(pdf));
  expect(response.status).toBe(200);
  return { response, novel: ProcessedNovel.parse(await response.json()) };
};

const requireDeprecated = ({ headers }: Response) => {
  expect(headers.get('deprecation')).toMatch(/^@\d+$/);
  expect(headers.get('link')).toBe('</api/v1/process-pdf-async>; rel="successor-version"');
};

it('gives the same by the engine and in the request, and says that it is deprecated', async () => {
  const byEngine = await process(engineUser, novel.pdf);
  const here = await process(hereUser, novel.pdf);
  expect(here.novel.sentences).toEqual(byEngine.novel.sentences);
  requireDeprecated(here.response);
  const spaced = (text: string) => text.replaceAll(/\s/g, ' ');
  const originals = here.novel.sentences.map(({ original }) => spaced(original));
  const unrepeated = originals.filter((original, i) => original !== originals[i - 1]);
  expect(unrepeated).toEqual(novel.sentences.map(spaced).filter((text, i, all) => text !== all[i - 1]));
});

it('is paid like any other job, and its receipt adds up to the ledger', async () => {
  const { pdf } = await makeNovel({ seed: 4, pages: 2 });
  const before = (await getCredits(hereUser)).balance;
  const { novel: answer } = await process(hereUser, pdf);
  const { credits, gemini_tokens_used: tokens } = await getReport(hereUser, answer.job_id);
  const { job } = await getJob(hereUser, answer.job_id);
  expect(tokens).toBeGreaterThan(0);
  expect(credits.settled).toBe(Math.min(credits.reserved, Math.ceil((tokens * 3) / 1000)));
  expect(credits.reserved).toBe(credits.settled + credits.refunded);
  expect(job).toMatchObject({ reserved_credits: credits.reserved, actual_credits: credits.settled });
  const { items } = await listLedger(hereUser, { limit: 100 });
  const ofJob = items.filter(({ job_id }) => job_id === answer.job_id);
  expect(ofJob.reduce((sum, { amount }) => sum + amount, 0)).toBe(-credits.settled);
  expect((await getCredits(hereUser)).balance).toBe(before - credits.settled);
});

it('tells why when the model declines, in both ways, and charges for what was used', async () => {
  const refused = await makeNovel({
    seed: 9,
    pages: 1,
    sentinels: [{ sentence: sentinelSentence('SentinelleRefusee') }],
  });
  for (const userId of [engineUser, hereUser]) {
    const { reserved, used } = await getCredits(userId);
    const answer = await (await askRoute(POST, userId, novelForm(refused.pdf))).json();
    expect(answer).toMatchObject({ status: 502, code: 'MODEL_REQUEST_REFUSED' });
    expect(await getCredits(userId)).toMatchObject({ reserved, used });
  }
});

it('comes through a stumble of the model in the request too', async () => {
  const stumbling = await makeNovel({
    seed: 10,
    pages: 1,
    sentinels: [{ sentence: sentinelSentence('Sentinelle500') }],
  });
  const { novel: answer } = await process(hereUser, stumbling.pdf);
  expect((await getJob(hereUser, answer.job_id)).job).toMatchObject({ status: 'completed', partial: false });
});

it('points to the other call above 30 pages, and leaves nothing', async () => {
  const { pdf } = await makeNovel({ seed: 31, pages: 31 });
  const [before] = await sql()`select count(*)::int as n from jobs`;
  const answer = await askRoute(POST, hereUser, novelForm(pdf));
  requireDeprecated(answer);
  expect(await answer.json()).toMatchObject({
    status: 413,
    code: 'TOO_LARGE_FOR_SYNC',
    use_instead: '/api/v1/process-pdf-async',
  });
  expect(await sql()`select count(*)::int as n from jobs`).toEqual([before]);
});

it('says to whoever it refuses, too, that it is deprecated', async () => {
  const context = { params: Promise.resolve({}) };
  const nobody = await POST(new Request('http://localhost/api/v1/process-pdf', { method: 'POST' }), context);
  expect(nobody.status).toBe(401);
  requireDeprecated(nobody);
  const formless = await askRoute(POST, hereUser, '{}');
  expect(formless.status).toBe(415);
  requireDeprecated(formless);
});
