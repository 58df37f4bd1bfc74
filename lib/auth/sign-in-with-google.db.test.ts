import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { sql } from '@/db/client';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { newId } from '@/lib/ids';
import { signAccessToken } from './access-token';
import { createApiKey } from './api-keys';
import { identify } from './identify';
import { issueTokens, refreshTokensOnce } from './issue-tokens';
import { registerUser } from './register-user';
import { signInWithGoogle } from './sign-in-with-google';

const environment = await vi.hoisted(async () =>
  (await import('@/db/testing/prepare-environment')).prepareEnvironment(),
);

connectTestDatabase();
afterAll(environment.remove);

const PASSWORD = 'la mer est grise ce soir';
let google = { sub: '', email: '', email_verified: true, name: 'Léa' };
beforeEach(() => {
  google = { ...google, sub: newId(), email: `${newId()}@example.org` };
});

const who = (token: string) =>
  identify(new Request('http://localhost/', { headers: { authorization: `Bearer ${token}` } }));
const accountsOf = (email: string) => sql()`select id from users where email = ${email}`;

describe('signing in with Google', () => {
  it('makes the account of a person once, even when they come twice at once', async () => {
    const users = await Promise.all([1, 2, 3].map(() => signInWithGoogle(google)));
    expect(new Set(users.map((user) => typeof user === 'object' && user.id)).size).toBe(1);
    expect(users[0]).toMatchObject({ email: google.email, name: 'Léa', role: 'reader', passwordHash: null });
    expect(users[0]).toMatchObject({ emailVerifiedAt: expect.any(Date), googleSubject: google.sub });
    expect(await accountsOf(google.email)).toHaveLength(1);
  });

  it('knows the person by Google’s name for them, whatever their address is now', async () => {
    const first = await signInWithGoogle(google);
    const moved = { ...google, email: `${newId()}@example.org`, email_verified: false };
    expect(await signInWithGoogle(moved)).toEqual(first);
    expect(await accountsOf(moved.email)).toHaveLength(0);
  });

  it.each([{ email_verified: false }, { email_verified: undefined }, { email: undefined }])(
    'makes and links nothing when Google says %j',
    async (lack) => {
      await registerUser({ email: google.email, password: PASSWORD });
      const profile = { ...google, ...lack };
      expect(await signInWithGoogle(profile)).toBe('GOOGLE_ADDRESS_NOT_VERIFIED');
      expect((await issueTokens({ email: google.email, password: PASSWORD }, '192.0.2.1')).token_type).toBe('Bearer');
      expect(await sql()`select 1 from users where google_subject = ${google.sub}`).toHaveLength(0);
    },
  );

  it('does not give an address that changed hands to its next owner', async () => {
    await signInWithGoogle(google);
    expect(await signInWithGoogle({ ...google, sub: newId() })).toBe('GOOGLE_ADDRESS_OF_ANOTHER');
  });

  it('gives the owner of an address what was registered under it, and takes every way in from whoever did that', async () => {
    const { id } = await registerUser({ email: google.email, password: PASSWORD });
    const credentials = { email: google.email, password: PASSWORD };
    const [tokens, { key }] = [
      await issueTokens(credentials, '192.0.2.1'),
      await createApiKey({ id, email: google.email, name: null, role: 'reader' }, { name: 'k', scopes: ['read'] }),
    ];
    await sql()`insert into webhooks (id, user_id, url, events, sealed_secret)
      values (${newId()}, ${id}, 'https://lurker.example/', '{job.completed}', 'sealed')`;

    expect(await signInWithGoogle(google)).toMatchObject({ id, passwordHash: null, googleSubject: google.sub });
    expect(await who(tokens.access_token)).toBeUndefined();
    expect(await who(key)).toBeUndefined();
    await expect(refreshTokensOnce(tokens.refresh_token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await expect(issueTokens(credentials, '192.0.2.1')).rejects.toMatchObject({ code: 'INVALID_CREDENTIALS' });
    expect(await sql()`select 1 from webhooks where user_id = ${id}`).toHaveLength(0);
  });

  it('leaves the password and sessions of an account whose address is proven', async () => {
    const { id } = await registerUser({ email: google.email, password: PASSWORD });
    await sql()`update users set email_verified_at = now() where id = ${id}`;
    const token = await signAccessToken(id);
    expect(await signInWithGoogle(google)).toMatchObject({ id });
    expect(await who(token)).toBeDefined();
    expect((await issueTokens({ email: google.email, password: PASSWORD }, '192.0.2.1')).token_type).toBe('Bearer');
  });
});
