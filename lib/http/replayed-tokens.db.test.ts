import { beforeEach, expect, it, vi } from 'vitest';
import { GET as me } from '@/app/api/v1/auth/me/route';
import { POST as refresh } from '@/app/api/v1/auth/refresh/route';
import { POST as token } from '@/app/api/v1/auth/token/route';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { signOutEverywhere } from '@/lib/auth/end-sessions';
import { issueTokens } from '@/lib/auth/issue-tokens';
import { registerUser } from '@/lib/auth/register-user';
import { newId } from '@/lib/ids';
import { openRoute } from './route';

await vi.hoisted(async () => (await import('@/db/testing/prepare-environment')).prepareEnvironment());
connectTestDatabase();

const PASSWORD = 'la mer est grise ce soir';
const context = { params: Promise.resolve({}) };
let account = { id: '', email: '' };
beforeEach(async () => {
  account = await registerUser({ email: `${newId()}@example.org`, password: PASSWORD });
});

const post = (handler: typeof token, key: string, body: object) =>
  handler(
    new Request('http://localhost/api/v1/auth/token', {
      method: 'POST',
      headers: { 'idempotency-key': key, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
    context,
  );
const credentials = () => ({ email: account.email, password: PASSWORD });
const isReplayed = (answer: Response) => answer.headers.get('idempotent-replayed') === 'true';
const knows = async (accessToken: string) => {
  const headers = { authorization: `Bearer ${accessToken}` };
  return (await me(new Request('http://localhost/api/v1/auth/me', { headers }), context)).status;
};

const whoseIs = async (accessToken: string): Promise<string> => {
  const headers = { authorization: `Bearer ${accessToken}` };
  return (await (await me(new Request('http://localhost/api/v1/auth/me', { headers }), context)).json()).id;
};

it('tokens are told again under the same key, until all sessions are ended: then there are new ones, told again in turn', async () => {
  const key = newId();
  const [first, again] = [await post(token, key, credentials()), await post(token, key, credentials())];
  expect([isReplayed(first), isReplayed(again)]).toEqual([false, true]);
  const { access_token: old } = await first.json();
  expect((await again.json()).access_token).toBe(old);

  await signOutEverywhere(account.id);
  expect(await knows(old)).toBe(401);
  const anew = await post(token, key, credentials());
  expect([anew.status, isReplayed(anew)]).toEqual([200, false]);
  const { access_token: fresh } = await anew.json();
  expect(await knows(fresh)).toBe(200);
  const last = await post(token, key, credentials());
  expect([isReplayed(last), (await last.json()).access_token]).toEqual([true, fresh]);
});

it('of many who come with the key then, each is given tokens that are good, or told to wait', async () => {
  const key = newId();
  await post(token, key, credentials());
  await signOutEverywhere(account.id);
  const answers = await Promise.all(Array.from({ length: 20 }, () => post(token, key, credentials())));
  expect(answers.every(({ status }) => status === 200 || status === 409)).toBe(true);
  const given = await Promise.all(answers.filter(({ ok }) => ok).map((answer) => answer.json()));
  expect(new Set(given.map(({ access_token }) => access_token)).size).toBe(1);
  expect(await knows(given[0].access_token)).toBe(200);
});

it('what came for a refresh token is not told again: the token has ended, too', async () => {
  const { refresh_token } = await (await post(token, newId(), credentials())).json();
  const key = newId();
  const body = { refresh_token };
  expect((await post(refresh, key, body)).status).toBe(200);
  expect(isReplayed(await post(refresh, key, body))).toBe(true);
  await signOutEverywhere(account.id);
  expect((await post(refresh, key, body)).status).toBe(401);
});

it('nor are those that ended before they could be kept', async () => {
  const key = newId();
  const slow = openRoute(async () => {
    const tokens = await issueTokens(credentials(), '192.0.2.1');
    await signOutEverywhere(account.id);
    return Response.json(tokens);
  });
  await post(slow, key, credentials());
  const anew = await post(token, key, credentials());
  expect(isReplayed(anew)).toBe(false);
  expect(await knows((await anew.json()).access_token)).toBe(200);
});

it('of two people behind one address, each has the keys for themselves', async () => {
  const key = newId();
  const other = { email: `${newId()}@example.org`, password: PASSWORD };
  const { id } = await registerUser(other);
  const [first, second] = [await post(token, key, credentials()), await post(token, key, other)];
  expect([second.status, isReplayed(second)]).toEqual([200, false]);
  const [mine, theirs] = [await first.json(), await second.json()];
  expect(await whoseIs(theirs.access_token)).toBe(id);
  expect(await whoseIs(mine.access_token)).toBe(account.id);
  const [renewed, renewedToo] = [
    await post(refresh, key, { refresh_token: mine.refresh_token }),
    await post(refresh, key, { refresh_token: theirs.refresh_token }),
  ];
  expect(await whoseIs((await renewed.json()).access_token)).toBe(account.id);
  expect(await whoseIs((await renewedToo.json()).access_token)).toBe(id);
});

it('who brings somebody’s key and address, but another password, is told nothing of theirs', async () => {
  const key = newId();
  await post(token, key, credentials());
  const guessed = await post(token, key, { ...credentials(), password: 'la mer est verte ce soir' });
  expect([guessed.status, (await guessed.json()).code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
});

it('nor are those of a family that has ended', async () => {
  const key = newId();
  const first = await (await post(token, key, credentials())).json();
  for (let i = 0; i < 2; i += 1) await post(refresh, newId(), { refresh_token: first.refresh_token });
  expect(await knows(first.access_token)).toBe(401);
  const anew = await post(token, key, credentials());
  expect(isReplayed(anew)).toBe(false);
  expect(await knows((await anew.json()).access_token)).toBe(200);
});
