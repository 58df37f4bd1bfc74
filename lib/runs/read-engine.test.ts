import { afterAll, expect, it, vi } from 'vitest';
import { listRuns } from './list-runs';
import { readEngine } from './read-engine';
import { RunQuery } from './schema';

const { engine, answer, seen } = await vi.hoisted(async () => {
  const { createServer } = await import('node:http');
  const { listen } = await import('@/e2e/support/listen');
  const { prepareEnvironment } = await import('@/db/testing/prepare-environment');
  const answer = { status: 200, body: '' };
  const seen: (string | undefined)[] = [];
  const engine = await listen(
    createServer((request, response) => {
      seen.push(request.headers.authorization);
      response.writeHead(answer.status).end(answer.body);
    }),
  );
  prepareEnvironment({
    INNGEST_BASE_URL: `http://127.0.0.1:${engine.port}/?env=x`,
    INNGEST_SIGNING_KEY: `signkey-test-${'0f'.repeat(32)}`,
  });
  return { engine, answer, seen };
});
afterAll(() => engine.close());

const address = `http://127.0.0.1:${engine.port}`;
const runs = () => listRuns(RunQuery.parse({}));

it.each([
  [200, '<html>a dashboard</html>'],
  [200, '{"data":{"engine":"another"}}'],
  [401, '{"error":"Unauthorized"}'],
  [404, '{"error":"not found","status":404}'],
])('another Inngest, which answers %i %s, is named by its address, and shows no runs here', async (status, body) => {
  Object.assign(answer, { status, body });
  expect(await readEngine()).toEqual({ engine: 'foreign', address });
  await expect(runs()).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

it('an engine that fails is away', async () => {
  Object.assign(answer, { status: 500, body: '{}' });
  expect(await readEngine()).toEqual({ engine: 'unreachable', address });
  await expect(runs()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
});

it('the key does not travel, only its hash', () => {
  expect(seen.length).toBeGreaterThan(0);
  for (const shown of seen) expect(shown).toMatch(/^Bearer signkey-test-(?!0f0f)[0-9a-f]{64}$/);
});
