import { beforeEach, expect, it } from 'vitest';
import { counters, countModelCall, countRequest, DURATION_BUCKETS, routeOf } from './counters';

beforeEach(() => {
  globalThis.frenchNovelCounters = undefined;
});

it('counts a request in every bucket that it is within', () => {
  for (const seconds of [0.03, 0.2, 40]) countRequest('GET', '/api/v1/jobs', 200, seconds);
  countRequest('GET', '/api/v1/jobs', 401, 0.001);
  const [fine, refused] = counters().requests.values();
  expect(fine).toMatchObject({ count: 3, seconds: 40.23 });
  const within = (upTo: number) => fine?.buckets[DURATION_BUCKETS.indexOf(upTo)];
  expect([0.025, 0.05, 0.1, 0.25, 30].map(within)).toEqual([0, 1, 1, 2, 2]);
  expect(refused).toMatchObject({ status: 401, count: 1 });
});

it('counts model calls by what came of them', () => {
  for (const outcome of ['answered', 'MODEL_RATE_LIMITED', 'answered']) countModelCall(outcome);
  expect([...counters().modelCalls]).toEqual([
    ['answered', 2],
    ['MODEL_RATE_LIMITED', 1],
  ]);
});

it.each([
  ['/api/v1/jobs/01K/sentences/7', { jobId: '01K', position: '7' }, '/api/v1/jobs/:jobId/sentences/:position'],
  ['/api/v1/jobs/a%20b', { jobId: 'a b' }, '/api/v1/jobs/:jobId'],
  ['/api/v1/jobs', {}, '/api/v1/jobs'],
])('knows the route of %s', (pathname, params, route) => {
  expect(routeOf(pathname, params)).toBe(route);
});
