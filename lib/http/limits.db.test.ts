import { afterAll, describe, expect, it, vi } from 'vitest';
import { POST as retry } from '@/app/api/v1/jobs/[jobId]/retry/route';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { addJob, addUser } from '@/db/testing/factories';
import { signAccessToken } from '@/lib/auth/access-token';
import { AppError } from '@/lib/errors';
import { findStatus } from '@/lib/jobs/start-job';
import { PEER_ADDRESS } from '@/lib/rate-limit/client-address';
import { Problem } from './problem-schema';
import { openRoute, route } from './route';

const environment = await vi.hoisted(async () =>
  (await import('@/db/testing/prepare-environment')).prepareEnvironment({
    PROCESS_LIMIT_PER_HOUR: '2',
    REQUEST_LIMIT_PER_MINUTE: '5',
  }),
);

connectTestDatabase();
afterAll(environment.remove);

const context = { params: Promise.resolve({}) };
const ask = async (
  handler: typeof start,
  { userId, method = 'POST', address = '192.0.2.1' }: { userId?: string; method?: string; address?: string },
) => {
  const authorization = userId ? { authorization: `Bearer ${await signAccessToken(userId)}` } : undefined;
  const headers = { [PEER_ADDRESS]: address, ...authorization };
  return handler(new Request('http://localhost/api/v1/things', { method, headers }), context);
};
const times = (n: number) => Array.from({ length: n });
const statuses = async (answers: Promise<Response>[]) => (await Promise.all(answers)).map(({ status }) => status);

const start = route(async ({ identity, limits }) =>
  limits.counting('novels', identity.user.id, async (admit) => {
    await admit();
    return new Response(null, { status: 204 });
  }),
);
const failing = route(async ({ identity, limits }) =>
  limits.counting('novels', identity.user.id, async (admit) => {
    await admit();
    throw new AppError('NOT_A_PDF');
  }),
);
const read = route(async () => new Response(null, { status: 204 }));

describe('an answer', () => {
  it('says what is left of each limit it has used', async () => {
    const { headers } = await ask(start, { userId: await addUser() });
    expect(headers.get('ratelimit-policy')).toBe('"requests";q=5;w=60, "novels";q=2;w=3600');
    expect(headers.get('ratelimit')).toMatch(/^"requests";r=4;t=60, "novels";r=1;t=3600$/);
  });

  it('to a read says so, too', async () => {
    const { headers } = await ask(read, { userId: await addUser(), method: 'GET' });
    expect(headers.get('ratelimit-policy')).toBe('"reads";q=120000;w=60');
    expect(headers.get('ratelimit')).toMatch(/^"reads";r=119999;t=60$/);
  });

  it('counts a job that is tried again as a novel', async () => {
    const { userId, jobId } = await addJob({ status: 'cancelled' });
    await Promise.all(times(2).map(() => ask(start, { userId })));
    const request = new Request(`http://localhost/api/v1/jobs/${jobId}/retry`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await signAccessToken(userId)}` },
    });
    const refused = await retry(request, { params: Promise.resolve({ jobId }) });
    expect(refused.status).toBe(429);
    expect(await findStatus(jobId)).toBe('cancelled');
  });

  it('to one novel too many is a 429 that says when to come back and why', async () => {
    const userId = await addUser();
    expect(await statuses(times(4).map(() => ask(start, { userId })))).toEqual(
      expect.arrayContaining([204, 204, 429, 429]),
    );
    const refused = await ask(start, { userId });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3500);
    expect(refused.headers.get('ratelimit')).toMatch(/"novels";r=0;t=3\d{3}$/);
    const problem = Problem.parse(await refused.json());
    expect(problem).toMatchObject({ code: 'RATE_LIMITED', retryable: true, violated_policies: ['novels'] });
  });

  it('to one request too many in a minute is a 429 of that limit', async () => {
    const userId = await addUser();
    await Promise.all(times(5).map(() => ask(read, { userId })));
    const refused = await ask(read, { userId });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(60);
    expect(await refused.json()).toMatchObject({ violated_policies: ['requests'] });
    expect((await ask(read, { userId, method: 'GET' })).status).toBe(204);
  });
});

describe('a novel', () => {
  it('that could not be started is not counted', async () => {
    const userId = await addUser();
    for (const _ of times(3)) expect((await ask(failing, { userId })).status).toBe(415);
    expect(await statuses(times(2).map(() => ask(start, { userId })))).toEqual([204, 204]);
  });
});

describe('an address', () => {
  it('with a whole school behind it does not limit anybody who has signed in', async () => {
    const pupils = await Promise.all(times(300).map(() => addUser()));
    const answers = await statuses(pupils.flatMap((userId) => times(5).map(() => ask(read, { userId }))));
    expect(new Set(answers)).toEqual(new Set([204]));
  });

  it('limits those who are nobody, and only there', async () => {
    const here = { address: '192.0.2.9' };
    const open = openRoute(async () => new Response(null, { status: 204 }));
    const answers = await statuses(times(1200).map((_, i) => ask(i % 2 === 0 ? read : open, here)));
    expect(new Set(answers)).toEqual(new Set([401, 204]));
    expect((await ask(read, here)).status).toBe(429);
    expect((await ask(open, here)).status).toBe(429);
    expect((await ask(open, { address: '192.0.2.10' })).status).toBe(204);
    expect((await ask(read, { ...here, userId: await addUser() })).status).toBe(204);
  });
});
