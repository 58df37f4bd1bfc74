import { afterAll, expect, it, vi } from 'vitest';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { addJob, addUser } from '@/db/testing/factories';
import { signAccessToken } from '@/lib/auth/access-token';
import { listOperations, readApiDocument } from './testing/api-document';
import { fuzzApi } from './testing/fuzz-api';
import { servedRoutes } from './testing/served-routes';

const { environment, engine } = await vi.hoisted(async () => {
  const { startIdleEngine } = await import('@/e2e/support/idle-engine');
  const { prepareEnvironment } = await import('@/db/testing/prepare-environment');
  const engine = await startIdleEngine();
  const environment = prepareEnvironment({
    INNGEST_DEV: engine.url,
    ASYNC_PROCESSING_PERCENT: '0',
    PROCESS_LIMIT_PER_HOUR: '100000',
  });
  return { environment, engine };
});
afterAll(async () => {
  await engine.close();
  environment.remove();
});

const REQUESTS = 800;
const SEED = 1899;
vi.setConfig({ testTimeout: 600_000 });

const database = connectTestDatabase();

/** As Next does: the handler whose path fits, with what stands in its brackets. */
async function router() {
  const routes = (await servedRoutes()).map((route) => ({
    ...route,
    shape: new RegExp(`^${route.path.replaceAll('.', '\\.').replace(/\[(\w+)\]/g, '(?<$1>[^/]+)')}$`),
  }));
  // « /jobs/confirm » before « /jobs/[jobId] ».
  routes.sort((a, b) => a.path.split('[').length - b.path.split('[').length);
  return async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url);
    const route = routes.find(({ method, shape }) => method === request.method && shape.test(pathname));
    if (!route) throw new Error(`nothing is served at ${request.method} ${pathname}`);
    const inBrackets = Object.entries(route.shape.exec(pathname)?.groups ?? {});
    const params = Object.fromEntries(inBrackets.map(([name, value]) => [name, decodeURIComponent(value)]));
    return route.handler(request, { params: Promise.resolve(params) });
  };
}

it('the API answers whatever is asked as its document says, and shows nothing of its inside', async () => {
  const [reader, other] = [await addUser(), await addUser()];
  const statuses = ['pending', 'processing', 'completed', 'failed', 'cancelled'] as const;
  const jobs: string[] = [];
  for (const status of Array.from({ length: 10 }, () => statuses).flat())
    jobs.push((await addJob({ userId: reader, status })).jobId);
  jobs.push((await addJob({ userId: other })).jobId);

  const { statuses: seen } = await fuzzApi({
    baseUrl: 'http://localhost:3000',
    send: await router(),
    tokens: {
      reader: await signAccessToken(reader),
      'somebody else': await signAccessToken(other),
      'somebody who leaves': await signAccessToken(await addUser()),
      'a forger': 'fnt_nothing.of.ours',
    },
    secrets: [environment.dataDir, process.cwd(), database.url, process.env.NEXTAUTH_SECRET ?? 'unset'],
    requests: REQUESTS,
    seed: SEED,
    known: new Map([['jobId', jobs]]),
  });

  const operations = listOperations(readApiDocument());
  expect([...seen.keys()].sort()).toEqual(operations.map(({ operationId }) => operationId).sort());
  const succeeded = [...seen].filter(([, counts]) => [...counts.keys()].some((status) => status < 300));
  expect(succeeded.length).toBeGreaterThan(operations.length / 2);
});
