import { encode } from 'next-auth/jwt';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { PUT as passwordRoute } from '@/app/api/v1/auth/password/route';
import { DELETE as signOutRoute } from '@/app/api/v1/auth/sessions/route';
import { sql } from '@/db/client';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { newId } from '@/lib/ids';
import { nowSeconds, signAccessToken } from './access-token';
import { createApiKey } from './api-keys';
import { authSecret } from './auth-secret';
import { identify } from './identify';
import { issueTokens, refreshTokensOnce } from './issue-tokens';
import { registerUser } from './register-user';

const environment = await vi.hoisted(async () =>
  (await import('@/db/testing/prepare-environment')).prepareEnvironment(),
);

connectTestDatabase();
afterAll(environment.remove);

const PASSWORD = 'la mer est grise ce soir';
const OTHER = 'les chevaux bleus du moulin';
const context = { params: Promise.resolve({}) };
let account = { id: '', email: '' };
beforeEach(async () => {
  account = await registerUser({ email: `${newId()}@example.org`, password: PASSWORD });
});

const signIn = (password = PASSWORD) => issueTokens({ email: account.email, password }, '192.0.2.1');
const who = (headers: Record<string, string>) => identify(new Request('http://localhost/', { headers }));
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const session = async (claims: object = {}) => ({
  cookie: `next-auth.session-token=${await encode({ token: { sub: account.id, epoch: 0, auth_time: nowSeconds(), ...claims }, secret: authSecret() })}`,
});
const sameOrigin = { host: 'localhost', 'sec-fetch-site': 'same-origin' };
const changeAs = (headers: Record<string, string>, body: object) =>
  passwordRoute(
    new Request('http://localhost/api/v1/auth/password', {
      method: 'PUT',
      headers: { ...sameOrigin, ...headers },
      body: JSON.stringify(body),
    }),
    context,
  );

describe('signing out everywhere', () => {
  it('ends every session, access token and refresh token of the user, and nobody else’s', async () => {
    const [tokens, cookie] = [await signIn(), await session()];
    const stranger = await registerUser({ email: `${newId()}@example.org`, password: PASSWORD });
    const strangers = bearer(await signAccessToken(stranger.id));
    const answer = await signOutRoute(
      new Request('http://localhost/api/v1/auth/sessions', { method: 'DELETE', headers: { ...sameOrigin, ...cookie } }),
      context,
    );
    expect(answer.status).toBe(204);
    expect(answer.headers.get('set-cookie')).toMatch(/^next-auth\.session-token=; .*Max-Age=0/);
    expect(await who(bearer(tokens.access_token))).toBeUndefined();
    expect(await who(cookie)).toBeUndefined();
    await expect(refreshTokensOnce(tokens.refresh_token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await who(strangers)).toBeDefined();
    expect(await who(bearer((await signIn()).access_token))).toBeDefined();
  });

  it('leaves no token to who refreshes at the same moment', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { refresh_token } = await signIn();
      const [refreshed] = await Promise.allSettled([
        refreshTokensOnce(refresh_token),
        signOutRoute(
          new Request('http://localhost/api/v1/auth/sessions', {
            method: 'DELETE',
            headers: bearer((await signIn()).access_token),
          }),
          context,
        ),
      ]);
      if (refreshed.status === 'rejected') continue;
      expect(await who(bearer(refreshed.value.access_token))).toBeUndefined();
      await expect(refreshTokensOnce(refreshed.value.refresh_token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    }
  });
});

describe('a change of password', () => {
  it('ends all other sessions and tokens; the session that asks goes on', async () => {
    const [tokens, mine, other] = [await signIn(), await session(), await session()];
    const answer = await changeAs(mine, { current_password: PASSWORD, new_password: OTHER });
    expect(answer.status).toBe(204);
    const renewed = /^next-auth\.session-token=([^;]+); Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax$/.exec(
      answer.headers.get('set-cookie') ?? '',
    );
    expect(await who({ cookie: `next-auth.session-token=${renewed?.[1]}` })).toMatchObject({
      user: { id: account.id },
      via: 'session',
    });
    for (const ended of [mine, other, bearer(tokens.access_token)]) expect(await who(ended)).toBeUndefined();
    await expect(refreshTokensOnce(tokens.refresh_token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await expect(signIn(PASSWORD)).rejects.toMatchObject({ code: 'INVALID_CREDENTIALS' });
    expect((await signIn(OTHER)).token_type).toBe('Bearer');
  });

  it.each([
    [
      'a wrong present password',
      { current_password: 'la mer est verte', new_password: OTHER },
      401,
      'INVALID_CREDENTIALS',
    ],
    ['none', { new_password: OTHER }, 401, 'INVALID_CREDENTIALS'],
    ['a weak new one', { current_password: PASSWORD, new_password: 'Password2024!' }, 422, 'PASSWORD_TOO_WEAK'],
    [
      'a new one of 1,000 characters',
      { current_password: PASSWORD, new_password: 'été'.repeat(400) },
      422,
      'INVALID_INPUT',
    ],
  ])('is refused with %s, and changes nothing', async (_, body, status, code) => {
    const cookie = await session();
    const answer = await changeAs(cookie, body);
    expect([answer.status, (await answer.json()).code]).toEqual([status, code]);
    expect(await who(cookie)).toBeDefined();
    expect((await signIn()).token_type).toBe('Bearer');
  });

  it('is not a way to guess the password from a stolen session', async () => {
    const cookie = await session();
    const codes: string[] = [];
    for (let i = 0; i < 12; i += 1) {
      const answer = await changeAs(cookie, { current_password: `guess ${i}`, new_password: OTHER });
      codes.push((await answer.json()).code);
    }
    expect(codes.slice(0, 10)).toEqual(Array(10).fill('INVALID_CREDENTIALS'));
    expect(codes.slice(10)).toEqual(['RATE_LIMITED', 'RATE_LIMITED']);
  });

  it('gives an account without a password its first one only just after signing in', async () => {
    await sql()`update users set password_hash = null where id = ${account.id}`;
    const stale = await changeAs(await session({ auth_time: nowSeconds() - 3600 }), { new_password: OTHER });
    expect((await stale.json()).code).toBe('SIGN_IN_AGAIN');
    expect((await changeAs(await session(), { new_password: OTHER })).status).toBe(204);
    expect((await signIn(OTHER)).token_type).toBe('Bearer');
  });

  it('is nothing for a key', async () => {
    const { key } = await createApiKey(
      { ...account, name: null, role: 'reader' },
      { name: 'k', scopes: ['read', 'process'] },
    );
    const answer = await changeAs(bearer(key), { current_password: PASSWORD, new_password: OTHER });
    expect(answer.status).toBe(403);
  });
});

describe('signing in', () => {
  it('is throttled after ten wrong passwords, for an address with an account as for one without', async () => {
    const attempt = (email: string) =>
      issueTokens({ email, password: 'not the password' }, '192.0.2.9').catch(
        ({ code, message }) => `${code} ${message}`,
      );
    const answers = await Promise.all(
      [account.email, `${newId()}@example.org`].map(async (email) => {
        const seen: unknown[] = [];
        for (let i = 0; i < 12; i += 1) seen.push(await attempt(email));
        return seen;
      }),
    );
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]?.filter((answer) => String(answer).startsWith('RATE_LIMITED'))).toHaveLength(2);
  });
});
