import { afterAll, expect, it, vi } from 'vitest';
import { GET } from '@/app/api/metrics/route';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { route } from './route';

const TOKEN = 'a token of sixteen or more';
const environment = await vi.hoisted(async () =>
  (await import('@/db/testing/prepare-environment')).prepareEnvironment({
    METRICS_TOKEN: 'a token of sixteen or more',
  }),
);
connectTestDatabase();
afterAll(environment.remove);

const context = { params: Promise.resolve({}) };
const ask = (headers: Record<string, string> = {}) =>
  GET(new Request('http://localhost/api/metrics', { headers }), context);

it('is read with the token and not without, and tells of the requests that came before', async () => {
  const about = route<{ jobId: string }>(async () => Response.json({}));
  await about(new Request('http://localhost/api/v1/jobs/01K'), { params: Promise.resolve({ jobId: '01K' }) });
  const refused = await ask();
  expect([refused.status, await refused.json()]).toEqual([401, expect.objectContaining({ code: 'UNAUTHENTICATED' })]);
  const answer = await ask({ authorization: `Bearer ${TOKEN}` });
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  const lines = (await answer.text()).split('\n');
  const requests = 'french_novel_http_request_duration_seconds_count';
  expect(lines).toContain(`${requests}{method="GET",route="/api/v1/jobs/:jobId",status="401"} 1`);
  expect(lines).toContain(`${requests}{method="GET",route="/api/metrics",status="401"} 1`);
  expect(lines).toContain('french_novel_queue_depth 0');
  expect(lines.filter((line) => !/^(# (HELP|TYPE) \w+ .+|[a-z_]+(\{.+\})? [\d.e+-]+|)$/.test(line))).toEqual([]);
  expect(lines.join('\n')).not.toContain('01K');
});
