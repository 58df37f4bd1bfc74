import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { sql } from '@/db/client';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { verifyAccessToken } from './access-token';
import { authSecret } from './auth-secret';
import { identify } from './identify';
import { issueTokens, refreshTokensOnce } from './issue-tokens';
import { registerUser } from './register-user';

const environment = await vi.hoisted(async () =>
  (await import('@/db/testing/prepare-environment')).prepareEnvironment({ ADMIN_EMAILS: 'Boss@example.org' }),
);

const EMAIL = 'reader@example.org';
const PASSWORD = 'la mer est grise';

connectTestDatabase();
let userId = '';
beforeAll(async () => {
  userId = (await registerUser({ email: EMAIL, password: PASSWORD, name: 'Reader' })).id;
});
afterAll(environment.remove);

const whoHas = (token: string) =>
  identify(new Request('http://localhost/', { headers: { authorization: `Bearer ${token}` } }));
const signIn = (email: string, password: string) => issueTokens({ email, password }, '192.0.2.1');
const INVALID = { code: 'UNAUTHENTICATED' };

describe('registerUser', () => {
  it.each([
    ['short', 'Abc123!'],
    ['of few characters', 'ababababababab'],
    ['on every list of leaked ones', 'Password2024!'],
    ['their own address', 'weakling-2024'],
  ])('refuses a password that is %s', async (_, password) => {
    const refused = registerUser({ email: 'weakling@example.org', password });
    await expect(refused).rejects.toMatchObject({ code: 'PASSWORD_TOO_WEAK', fields: [{ field: 'password' }] });
    expect(await sql()`select 1 from users where email = 'weakling@example.org'`).toHaveLength(0);
  });

  it('refuses an address that is taken', async () => {
    await expect(registerUser({ email: EMAIL, password: 'another password' })).rejects.toMatchObject({
      code: 'EMAIL_TAKEN',
    });
  });

  it('takes one of two who register the same address at once', async () => {
    const register = (password: string) => registerUser({ email: 'twice@example.org', password });
    const passwords = ['the first password', 'the other password'];
    const results = await Promise.allSettled(passwords.map(register));
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const signIns = await Promise.allSettled(passwords.map((password) => signIn('twice@example.org', password)));
    expect(signIns.map(({ status }) => status)).toEqual(results.map(({ status }) => status));
  });

  it('keeps only an argon2id hash', async () => {
    const [row] = await sql()`select password_hash from users where email = ${EMAIL}`;
    expect(row?.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it('makes an admin of an address in ADMIN_EMAILS only when it is proven', async () => {
    const { id } = await registerUser({ email: 'boss@example.org', password: 'the sea is grey today' });
    const role = async () =>
      (await whoHas((await signIn('boss@example.org', 'the sea is grey today')).access_token))?.user.role;
    expect(await role()).toBe('reader');
    await sql()`update users set email_verified_at = now() where id = ${id}`;
    expect(await role()).toBe('admin');
    await sql()`update users set email_verified_at = now() where id = ${userId}`;
    expect((await whoHas((await signIn(EMAIL, PASSWORD)).access_token))?.user.role).toBe('reader');
  });
});

describe('issueTokens', () => {
  it('gives an access token that names the user', async () => {
    const tokens = await signIn(EMAIL, PASSWORD);
    expect(tokens).toMatchObject({ token_type: 'Bearer', expires_in: 3600 });
    expect(await verifyAccessToken(tokens.access_token)).toMatchObject({ sub: userId });
  });

  it('gives the same answer to a wrong password, an unknown address and an account without a password', async () => {
    await sql()`insert into users (id, email) values ('by-link', 'by-link@example.org')`;
    const answers = await Promise.all(
      [EMAIL, 'nobody@example.org', 'by-link@example.org'].map((email) =>
        signIn(email, 'no account has this password').catch(({ code, message }) => ({ code, message })),
      ),
    );
    expect(answers).toEqual(Array(3).fill({ code: 'INVALID_CREDENTIALS', message: 'E-mail or password is wrong' }));
  });

  it('keeps no token in clear', async () => {
    const { refresh_token } = await signIn(EMAIL, PASSWORD);
    expect(await sql()`select 1 from refresh_tokens where token_hash = ${refresh_token}`).toHaveLength(0);
  });
});

describe('verifyAccessToken', () => {
  const key = (secret: string) => new TextEncoder().encode(secret);
  const ours = () => key(`access-token:${authSecret()}`);
  const token = (audience: string, expires: string, secret: Uint8Array, algorithm = 'HS256') =>
    new SignJWT()
      .setProtectedHeader({ alg: algorithm })
      .setSubject(userId)
      .setAudience(audience)
      .setExpirationTime(expires)
      .sign(secret);
  const AUDIENCE = 'french-novel-tool/api';

  it('takes one that is signed by us, for us, and not over', async () => {
    expect(await verifyAccessToken(await token(AUDIENCE, '1 h', ours()))).toMatchObject({ sub: userId });
  });

  it.each([
    ['is over', () => token(AUDIENCE, '-1 s', ours())],
    ['is for somebody else', () => token('another/api', '1 h', ours())],
    ['is signed by somebody else', () => token(AUDIENCE, '1 h', key('access-token:another secret'))],
    ['is signed with the secret of sessions', () => token(AUDIENCE, '1 h', key(authSecret()))],
    ['is signed in another way', () => token(AUDIENCE, '1 h', ours(), 'HS512')],
    ['is not one', async () => 'nothing'],
    [
      'was changed',
      async () => {
        const [head, , signature] = (await token(AUDIENCE, '1 h', ours())).split('.');
        const claims = JSON.stringify({ sub: 'somebody', aud: AUDIENCE, exp: 4e9 });
        return [head, Buffer.from(claims).toString('base64url'), signature].join('.');
      },
    ],
    [
      'is not signed',
      async () =>
        [{ alg: 'none' }, { sub: userId, aud: AUDIENCE, exp: 4e9 }]
          .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
          .concat('')
          .join('.'),
    ],
  ])('refuses one that %s', async (_, make) => {
    expect(await verifyAccessToken(await make())).toBeUndefined();
  });
});

describe('refreshTokensOnce', () => {
  const signInAgain = async () => (await signIn(EMAIL, PASSWORD)).refresh_token;

  it('changes a token for the next pair, again and again', async () => {
    let token = await signInAgain();
    for (let i = 0; i < 3; i += 1) {
      const next = await refreshTokensOnce(token);
      expect(await verifyAccessToken(next.access_token)).toMatchObject({ sub: userId });
      expect(next.refresh_token).not.toBe(token);
      token = next.refresh_token;
    }
  });

  it('ends the whole family when a token is used again, and no other', async () => {
    const [stolen, other] = [await signInAgain(), await signInAgain()];
    const { refresh_token: newest } = await refreshTokensOnce(stolen);
    await expect(refreshTokensOnce(stolen)).rejects.toMatchObject(INVALID);
    await expect(refreshTokensOnce(newest)).rejects.toMatchObject(INVALID);
    expect((await refreshTokensOnce(other)).token_type).toBe('Bearer');
  });

  it('ends what came of the family, too: an access token is nobody’s from then on', async () => {
    const [first, other] = [await signIn(EMAIL, PASSWORD), await signIn(EMAIL, PASSWORD)];
    const second = await refreshTokensOnce(first.refresh_token);
    for (const { access_token } of [first, second, other]) expect((await whoHas(access_token))?.user.id).toBe(userId);
    await expect(refreshTokensOnce(first.refresh_token)).rejects.toMatchObject(INVALID);
    for (const { access_token } of [first, second]) expect(await whoHas(access_token)).toBeUndefined();
    expect((await whoHas(other.access_token))?.user.id).toBe(userId);
  });

  it('leaves no living token when two use the same at once', async () => {
    for (let round = 0; round < 20; round += 1) {
      const token = await signInAgain();
      const results = await Promise.allSettled([refreshTokensOnce(token), refreshTokensOnce(token)]);
      const given = results.flatMap((result) => (result.status === 'fulfilled' ? result.value.refresh_token : []));
      expect(given).toHaveLength(1);
      for (const next of given) await expect(refreshTokensOnce(next)).rejects.toMatchObject(INVALID);
    }
  });

  it('leaves no living token when an older one is used beside the newest', async () => {
    for (let round = 0; round < 20; round += 1) {
      const old = await signInAgain();
      const newest = (await refreshTokensOnce(old)).refresh_token;
      const results = await Promise.allSettled([refreshTokensOnce(newest), refreshTokensOnce(old)]);
      const given = results.flatMap((result) => (result.status === 'fulfilled' ? result.value.refresh_token : []));
      for (const next of given) await expect(refreshTokensOnce(next)).rejects.toMatchObject(INVALID);
    }
  });

  it('refuses one that is over or that nobody was given', async () => {
    const token = await signInAgain();
    await sql()`update refresh_tokens set expires_at = now() - interval '1 second' where used_at is null`;
    await expect(refreshTokensOnce(token)).rejects.toMatchObject(INVALID);
    await expect(refreshTokensOnce('nothing')).rejects.toMatchObject(INVALID);
  });
});
