import { encode } from 'next-auth/jwt';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { addUser } from '@/db/testing/factories';
import { signAccessToken } from '@/lib/auth/access-token';
import { createApiKey } from '@/lib/auth/api-keys';
import { authSecret } from '@/lib/auth/auth-secret';
import { AppError } from '@/lib/errors';
import { Problem } from './problem-schema';
import { openRoute, readJson, readQuery, route } from './route';

const environment = await vi.hoisted(async () =>
  (await import('@/db/testing/prepare-environment')).prepareEnvironment(),
);

connectTestDatabase();
let userId = '';
beforeAll(async () => {
  userId = await addUser();
});
afterAll(environment.remove);

const HERE = 'http://localhost:3000/api/v1/things?color=red';
const context = { params: Promise.resolve({}) };
const bearer = async () => ({ authorization: `Bearer ${await signAccessToken(userId)}` });
const session = async () => ({
  cookie: `next-auth.session-token=${await encode({ token: { sub: userId }, secret: authSecret() })}`,
});

const whoAmI = route(async ({ identity }) => Response.json({ id: identity.user.id, via: identity.via }));
const ask = (handler: typeof whoAmI, init: RequestInit = {}) => handler(new Request(HERE, init), context);
const failing = (error: unknown) => openRoute(() => Promise.reject(error));
const problemOf = async (answer: Promise<Response>) => {
  const response = await answer;
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  return { response, problem: Problem.parse(await response.json()) };
};

describe('an answer', () => {
  it('carries a request id, another each time, and is not stored', async () => {
    const answers = await Promise.all([1, 2].map(async () => ask(whoAmI, { headers: await bearer() })));
    const ids = answers.map(({ headers }) => headers.get('x-request-id'));
    expect(new Set(ids).size).toBe(2);
    for (const { headers } of answers) expect(headers.get('cache-control')).toBe('no-store');
  });

  it('keeps the caching that a route asks for', async () => {
    const cached = openRoute(async () => new Response('x', { headers: { 'cache-control': 'max-age=60' } }));
    expect((await ask(cached)).headers.get('cache-control')).toBe('max-age=60');
  });
});

describe('a problem', () => {
  it('has the shape of RFC 9457, with a code for programs and a sentence for people', async () => {
    const error = new AppError('PDF_ENCRYPTED', 'This PDF wants a password.');
    const { response, problem } = await problemOf(ask(failing(error), { method: 'POST' }));
    expect(response.status).toBe(422);
    expect(problem).toEqual({
      type: 'urn:french-novel-tool:problem:pdf-encrypted',
      title: 'The PDF is protected by a password',
      status: 422,
      detail: 'This PDF wants a password.',
      instance: '/api/v1/things',
      code: 'PDF_ENCRYPTED',
      retryable: false,
      request_id: response.headers.get('x-request-id'),
      errors: [],
    });
  });

  it('names the request as it was named when it began', async () => {
    const { response, problem } = await problemOf(
      ask(failing(new AppError('NOT_FOUND')), { headers: { 'x-request-id': 'from its start' } }),
    );
    expect([response.headers.get('x-request-id'), problem.request_id]).toEqual(['from its start', 'from its start']);
  });

  it.each([
    ['an error of a library', new TypeError('connect to 10.0.0.7 refused'), 500, 'INTERNAL'],
    ['something that is no error', 'secret text', 500, 'INTERNAL'],
    ['an error of ours that is for operators', new AppError('UNAVAILABLE', 'secret text'), 503, 'UNAVAILABLE'],
    ['a cause', new AppError('NOT_FOUND', undefined, { cause: new Error('secret text') }), 404, 'NOT_FOUND'],
  ])('says nothing internal about %s', async (_, error, status, code) => {
    const { response, problem } = await problemOf(ask(failing(error)));
    expect([response.status, problem.code]).toEqual([status, code]);
    expect(JSON.stringify(problem)).not.toMatch(/secret|10\.0\.0\.7|TypeError/);
  });

  it('says when to come back, in whole seconds', async () => {
    const error = new AppError('RATE_LIMITED', undefined, { retryAfterMs: 1200 });
    const { response, problem } = await problemOf(ask(failing(error)));
    expect(response.headers.get('retry-after')).toBe('2');
    expect(problem.retryable).toBe(true);
  });
});

describe('whoever', () => {
  it('shows nothing is asked to sign in', async () => {
    const { response, problem } = await problemOf(ask(whoAmI));
    expect([response.status, problem.code]).toEqual([401, 'UNAUTHENTICATED']);
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
  });

  it.each([
    ['GET', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }, 200],
    ['POST', { 'sec-fetch-site': 'same-origin', origin: 'http://localhost:3000' }, 200],
    ['POST', { origin: 'http://localhost:3000' }, 200],
    ['POST', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }, 403],
    ['POST', { 'sec-fetch-site': 'same-site', origin: 'http://localhost:3000' }, 403],
    ['POST', { 'sec-fetch-site': 'cross-site', origin: 'null' }, 403],
    ['DELETE', { origin: 'https://evil.example' }, 403],
    ['DELETE', { origin: 'null' }, 403],
    ['PATCH', {}, 403],
  ])('sends a session cookie with %s %j is answered %i', async (method, from, status) => {
    const headers = { host: 'localhost:3000', ...(await session()), ...from };
    const answer = await ask(whoAmI, { method, headers });
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject(status === 200 ? { via: 'session' } : { code: 'FORBIDDEN' });
  });

  it('sends an access token may come from anywhere', async () => {
    const headers = { ...(await bearer()), 'sec-fetch-site': 'cross-site', origin: 'https://other.example' };
    const answer = await ask(whoAmI, { method: 'POST', headers });
    expect(await answer.json()).toEqual({ id: userId, via: 'token' });
  });
});

describe('a key', () => {
  const keyOf = async (scopes: ('read' | 'process' | 'admin')[], role: 'reader' | 'admin' = 'reader') => {
    const id = await addUser({ role });
    const { key } = await createApiKey({ id, role, email: '', name: null }, { name: 'k', scopes });
    return { authorization: `Bearer ${key}` };
  };
  const account = route(async () => new Response(null), 'account');
  const admin = (headers: Record<string, string>) =>
    whoAmI(new Request('http://localhost:3000/api/admin/things', { headers }), context);

  it.each([
    ['GET', ['read'], 200],
    ['GET', ['process'], 403],
    ['POST', ['process'], 200],
    ['POST', ['read'], 403],
    ['DELETE', ['read'], 403],
    ['PUT', ['read', 'process'], 200],
  ] as const)('is answered %s with the scopes %j: %i', async (method, scopes, status) => {
    const answer = await ask(whoAmI, { method, headers: await keyOf([...scopes]) });
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject(status === 200 ? { via: 'key' } : { code: 'FORBIDDEN' });
  });

  it('never stands for the person', async () => {
    expect((await ask(account, { headers: await bearer() })).status).toBe(200);
    expect((await ask(account, { headers: await keyOf(['read', 'process', 'admin'], 'admin') })).status).toBe(403);
  });

  it('reaches what is for admins by that scope only, even where a route forgot to say so', async () => {
    expect((await admin(await keyOf(['read', 'process'], 'admin'))).status).toBe(403);
    expect((await admin(await keyOf(['admin'], 'admin'))).status).toBe(200);
    expect((await admin(await bearer())).status).toBe(403);
  });
});

describe('input', () => {
  const Thing = z.object({ size: z.int().positive(), color: z.string() });
  const echo = openRoute(async (request) => Response.json(await readJson(request, Thing)));
  const post = (body: string) => ask(echo, { method: 'POST', body });

  it('is given as its schema says', async () => {
    expect(await (await post('{"size":3,"color":"red","more":1}')).json()).toEqual({ size: 3, color: 'red' });
    expect(readQuery(new Request(HERE), z.object({ color: z.string() }))).toEqual({ color: 'red' });
  });

  it('is refused field by field', async () => {
    const { response, problem } = await problemOf(post('{"size":-1}'));
    expect([response.status, problem.code]).toEqual([422, 'INVALID_INPUT']);
    expect(problem.errors?.map(({ field }) => field)).toEqual(['size', 'color']);
  });

  it('is refused when it is not JSON', async () => {
    const { response, problem } = await problemOf(post('size=3'));
    expect([response.status, problem.code]).toEqual([400, 'MALFORMED_REQUEST']);
  });
});
