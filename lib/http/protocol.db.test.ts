import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { sql } from '@/db/client';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { addJob, addUser } from '@/db/testing/factories';
import { signAccessToken } from '@/lib/auth/access-token';
import { cancelJob } from '@/lib/jobs/cancel-job';
import { JobPage } from '@/lib/jobs/schema';
import { Problem } from './problem-schema';
import { type Handler, handlersOf, METHODS, servedRoutes } from './testing/served-routes';

const environment = await vi.hoisted(async () =>
  (await import('@/db/testing/prepare-environment')).prepareEnvironment(),
);

const { GET: listJobs } = await handlersOf('/api/v1/jobs');
const { GET: listLedger } = await handlersOf('/api/v1/credits/ledger');
const { GET: getJob } = await handlersOf('/api/v1/jobs/[jobId]');
const { GET: getSentences } = await handlersOf('/api/v1/jobs/[jobId]/sentences');
const unknownPath = await handlersOf('/api/[[...path]]');

connectTestDatabase();
let userId = '';
beforeAll(async () => {
  userId = await addUser();
});
afterAll(environment.remove);

const ask = async (
  handler: Handler | undefined,
  query = '',
  params = {},
  more: Record<string, string> = {},
  method = 'GET',
) => {
  if (!handler) throw new Error(`nothing of ours answers to ${method}`);
  const headers = { authorization: `Bearer ${await signAccessToken(userId)}`, ...more };
  const request = new Request(`http://localhost:3000/api/v1/here${query}`, { method, headers });
  return handler(request, { params: Promise.resolve(params) });
};
const problemOf = async (answer: Response) => {
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  return Problem.parse(await answer.json());
};

describe('a list', () => {
  it('goes on from page to page, and ends', async () => {
    const made = [await addJob({ userId }), await addJob({ userId }), await addJob({ userId })];
    const seen: string[] = [];
    let query = '?limit=2';
    for (;;) {
      const page = JobPage.parse(await (await ask(listJobs, query)).json());
      seen.push(...page.items.map(({ id }) => id));
      if (page.next === null) break;
      query = `?limit=2&cursor=${page.next}`;
    }
    expect(seen).toEqual(made.map(({ jobId }) => jobId).reverse());
  });

  const HOSTILE = [
    'x',
    '%00',
    '-1',
    "' or 1=1 --",
    'ÿ'.repeat(26),
    'a'.repeat(5000),
    '{"id":1}',
    '%C0%80',
    '../../etc',
  ];
  it.each(HOSTILE)('takes no cursor like %s', async (cursor) => {
    for (const list of [listJobs, listLedger]) {
      const problem = await problemOf(await ask(list, `?cursor=${cursor}`));
      expect(problem).toMatchObject({ status: 422, errors: [{ field: 'cursor' }] });
    }
  });

  it.each(['-2', '1.5', '9'.repeat(30), '1e99', 'NaN', 'Infinity', '%00', '0x10000000000'])(
    'of sentences takes no place like %s',
    async (after) => {
      const { jobId } = await addJob({ userId });
      const problem = await problemOf(await ask(getSentences, `?after=${after}`, { jobId }));
      expect(problem.status).toBe(422);
      expect(problem.errors?.map(({ field }) => field)).toContain('after');
    },
  );

  it('takes no text that no database holds', async () => {
    expect(await problemOf(await ask(listJobs, '?q=a%00b'))).toMatchObject({ status: 422, errors: [{ field: 'q' }] });
    expect(await problemOf(await ask(getJob, '', { jobId: 'a\0b' }))).toMatchObject({ status: 404 });
  });
});

describe('a job', () => {
  it('is sent once to whoever has it, in whatever words they say so', async () => {
    const { jobId } = await addJob({ userId, status: 'processing' });
    const first = await ask(getJob, '', { jobId });
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"\d+"$/);
    for (const known of [etag, `W/${etag}`, `"0", ${etag}`, '*']) {
      const again = await ask(getJob, '', { jobId }, { 'if-none-match': known });
      expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
    }
    await cancelJob(userId, jobId, 'me');
    const changed = await ask(getJob, '', { jobId }, { 'if-none-match': etag });
    expect(changed.status).toBe(200);
    expect(changed.headers.get('etag')).not.toBe(etag);
  });

  it('is read without a write, but for the count of requests', async () => {
    const { jobId } = await addJob({ userId, status: 'processing' });
    const tables = await sql()<{ name: string }[]>`
      select tablename as name from pg_tables where schemaname = 'public' and tablename <> 'rate_limits'`;
    const held = async () => {
      const rows = tables.map(({ name }) => sql()`select xmin::text, ctid::text, t::text from ${sql()(name)} t`);
      return (await Promise.all(rows)).map((each, i) => [
        tables[i]?.name,
        ...each.map((row) => JSON.stringify(row)).sort(),
      ]);
    };
    const before = await held();
    for (const header of ['"0"', '*']) await ask(getJob, '', { jobId }, { 'if-none-match': header });
    expect((await ask(getJob, '', { jobId })).status).toBe(200);
    expect(await held()).toEqual(before);
  });

  it('of somebody else is as absent to whoever says they have it', async () => {
    const { jobId } = await addJob({});
    const answer = await ask(getJob, '', { jobId }, { 'if-none-match': '*' });
    expect(await problemOf(answer)).toMatchObject({ status: 404 });
  });

  it('says when to ask again for as long as it runs', async () => {
    const statuses = ['pending', 'processing', 'completed', 'failed', 'cancelled'] as const;
    const waits: (string | null)[] = [];
    for (const status of statuses) {
      const { jobId } = await addJob({ userId, status });
      for (const known of ['"none"', '*']) {
        waits.push((await ask(getJob, '', { jobId }, { 'if-none-match': known })).headers.get('retry-after'));
      }
    }
    expect(waits).toEqual(['2', '2', '2', '2', null, null, null, null, null, null]);
  });
});

describe('where nothing is served', () => {
  it.each(METHODS)('%s is answered with a problem', async (method) => {
    const answer = await ask(unknownPath[method], '', { path: ['nothing'] }, {}, method);
    expect(await problemOf(answer)).toMatchObject({ status: 404, code: 'NOT_FOUND', instance: '/api/v1/here' });
  });

  it('the methods that a path does not have are answered with a problem, and with those it has', async () => {
    const routes = await servedRoutes();
    const paths = new Set(routes.map(({ path }) => path));
    for (const path of paths) {
      const served = routes.filter((route) => route.path === path).map(({ method }) => method);
      const expected = [...served, ...(served.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].sort();
      const handlers = await handlersOf(path);
      for (const method of METHODS.filter((one) => !served.includes(one))) {
        expect(handlers, `${path} lacks otherMethods(…)`).toHaveProperty(method);
        const answer = await ask(handlers[method], '', {}, {}, method);
        expect(answer.headers.get('allow')?.split(', ').sort(), `${method} ${path}`).toEqual(expected);
        if (method === 'OPTIONS') expect(answer.status).toBe(204);
        else expect(await problemOf(answer)).toMatchObject({ status: 405, code: 'METHOD_NOT_ALLOWED' });
      }
    }
    expect(paths.size).toBeGreaterThan(20);
  });
});
