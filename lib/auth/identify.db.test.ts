import { encode } from 'next-auth/jwt';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { sql } from '@/db/client';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { addUser } from '@/db/testing/factories';
import { signAccessToken } from './access-token';
import { authSecret } from './auth-secret';
import { createOwnerLink, redeemOwnerLink } from './create-owner-link';
import { identify } from './identify';

const environment = await vi.hoisted(async () =>
  (await import('@/db/testing/prepare-environment')).prepareEnvironment(),
);

connectTestDatabase();
let userId = '';
beforeAll(async () => {
  userId = await addUser();
});
afterAll(environment.remove);

const SESSION = 'next-auth.session-token';
const asking = (headers: Record<string, string>) => identify(new Request('http://localhost/api/v1/jobs', { headers }));
const session = (sub = userId, options: { secret?: string; maxAge?: number } = {}) =>
  encode({ token: { sub }, secret: authSecret(), ...options });

describe('identify', () => {
  it('knows nobody without a token or a session', async () => {
    expect(await asking({})).toBeUndefined();
    expect(await asking({ cookie: 'theme=dark; other=a=b' })).toBeUndefined();
  });

  it('knows who sends an access token', async () => {
    const identity = await asking({ authorization: `Bearer ${await signAccessToken(userId)}` });
    expect(identity).toMatchObject({ via: 'token', user: { id: userId, role: 'reader' } });
    expect(Object.keys(identity?.user ?? {}).sort()).toEqual(['email', 'id', 'name', 'role']);
  });

  it.each(['Bearer', 'bearer', 'BEARER', 'Bearer  '])('knows who sends it as « %s »', async (scheme) => {
    const identity = await asking({ authorization: `${scheme} ${await signAccessToken(userId)}` });
    expect(identity).toMatchObject({ via: 'token', user: { id: userId } });
  });

  it.each([SESSION, `__Secure-${SESSION}`])('knows who sends the session cookie %s', async (name) => {
    const identity = await asking({ cookie: `theme=dark; ${name}=${await session()}; last=1` });
    expect(identity).toMatchObject({ via: 'session', user: { id: userId } });
  });

  it('puts a session together that was cut into several cookies', async () => {
    const token = await session();
    const parts = [token.slice(0, 50), token.slice(50, 100), token.slice(100)];
    const cookie = parts
      .map((part, i) => `${SESSION}.${i}=${part}`)
      .reverse()
      .join('; ');
    expect(await asking({ cookie })).toMatchObject({ user: { id: userId } });
  });

  it('does not fall back to the session when the access token is wrong', async () => {
    const cookie = `${SESSION}=${await session()}`;
    expect(await asking({ cookie, authorization: 'Bearer nothing' })).toBeUndefined();
  });

  it('takes no session that is over, changed or of another secret', async () => {
    const cookies = [
      await session(userId, { maxAge: -60 }),
      await session(userId, { secret: 'another secret' }),
      `${(await session()).slice(0, -4)}AAAA`,
      'nothing',
    ];
    for (const token of cookies) expect(await asking({ cookie: `${SESSION}=${token}` })).toBeUndefined();
  });

  it('does not know a user who is gone', async () => {
    const gone = await addUser();
    const authorization = `Bearer ${await signAccessToken(gone)}`;
    const cookie = `${SESSION}=${await session(gone)}`;
    await sql()`delete from users where id = ${gone}`;
    expect(await asking({ authorization })).toBeUndefined();
    expect(await asking({ cookie })).toBeUndefined();
  });
});

describe('the owner’s link', () => {
  const newToken = async () => new URL(await createOwnerLink(), 'http://localhost').searchParams.get('token') ?? '';

  it('signs the owner in, always the same admin', async () => {
    const owners = [await redeemOwnerLink(await newToken()), await redeemOwnerLink(await newToken())];
    expect(owners[0]).toMatchObject({ email: 'owner@localhost', role: 'admin', passwordHash: null });
    expect(owners[1]).toEqual(owners[0]);
  });

  it('works once, even for two at the same moment', async () => {
    const token = await newToken();
    const answers = await Promise.all([redeemOwnerLink(token), redeemOwnerLink(token), redeemOwnerLink(token)]);
    expect(answers.filter((owner) => owner !== undefined)).toHaveLength(1);
    expect(await redeemOwnerLink(token)).toBeUndefined();
  });

  it('does not work when it is over, and is forgotten by the next', async () => {
    const token = await newToken();
    await sql()`update sign_in_links set expires_at = now() - interval '1 second'`;
    expect(await redeemOwnerLink(token)).toBeUndefined();
    const next = await newToken();
    expect(await sql()`select 1 from sign_in_links`).toHaveLength(1);
    expect(await redeemOwnerLink(next)).toBeDefined();
  });

  it('cannot be guessed, and is not kept in clear', async () => {
    expect(await redeemOwnerLink('')).toBeUndefined();
    expect(await redeemOwnerLink('nothing')).toBeUndefined();
    const token = await newToken();
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(await sql()`select 1 from sign_in_links where token_hash = ${token}`).toHaveLength(0);
  });
});
