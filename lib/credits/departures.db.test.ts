import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { DELETE } from '@/app/api/v1/account/route';
import { POST as register } from '@/app/api/v1/auth/register/route';
import { POST as token } from '@/app/api/v1/auth/token/route';
import { db, sql } from '@/db/client';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { addJob } from '@/db/testing/factories';
import { sweepDeletedAccounts } from '@/lib/account/sweep-deleted-accounts';
import { nowSeconds, signAccessToken } from '@/lib/auth/access-token';
import { registerUser } from '@/lib/auth/register-user';
import { signInWithGoogle } from '@/lib/auth/sign-in-with-google';
import { newId } from '@/lib/ids';
import { correctDeparture, noteDeparture } from './departures';
import { reserveCredits, settleCredits } from './ledger';
import { getCredits } from './queries';

const environment = await vi.hoisted(async () =>
  (await import('@/db/testing/prepare-environment')).prepareEnvironment({ MONTHLY_CREDITS: '1000' }),
);

connectTestDatabase();
afterAll(environment.remove);
afterEach(() => sql()`delete from departures`);

const PASSWORD = 'une salle de lecture au calme';
const params = Promise.resolve({});
const newEmail = () => `${newId()}@example.org`;
const join = async (email: string) => (await registerUser({ email, password: PASSWORD })).id;
const balance = async (userId: string) => (await getCredits(userId)).balance;

async function spend(userId: string, credits: number) {
  const run = { userId, jobId: newId(), run: 0 };
  await db().transaction((tx) => reserveCredits(tx, run, credits));
  await db().transaction((tx) => settleCredits(tx, run, credits));
}

async function leave(userId: string) {
  const authorization = `Bearer ${await signAccessToken(userId, 0, nowSeconds())}`;
  const body = JSON.stringify({ current_password: PASSWORD });
  const headers = { authorization, 'content-type': 'application/json' };
  const answer = await DELETE(new Request('http://localhost/api/v1/account', { method: 'DELETE', headers, body }), {
    params,
  });
  expect(answer.status).toBe(204);
}

const google = (email = newEmail(), sub = newId()) => ({ sub, email, email_verified: true, name: 'Léa' });
async function joinWithGoogle(profile: ReturnType<typeof google>): Promise<string> {
  const user = await signInWithGoogle(profile);
  if (typeof user === 'string') throw new Error(user);
  return user.id;
}

describe('who deletes their account and comes back', () => {
  it('has what they left of the month, however often they do it', async () => {
    const email = newEmail();
    for (const left of [1000, 700, 400]) {
      const id = await join(email);
      expect(await balance(id)).toBe(left);
      await spend(id, 300);
      await leave(id);
    }
    expect(await balance(await join(email))).toBe(100);
  });

  it('has all of it when they had asked for none of it', async () => {
    const email = newEmail();
    await leave(await join(email));
    expect(await sql()`select 1 from departures`).toEqual([]);
    expect(await balance(await join(email))).toBe(1000);
  });

  it('is known by what Google calls them, under whatever address, and what they left is given once', async () => {
    const profile = google();
    const id = await joinWithGoogle(profile);
    await spend(id, 300);
    await leave(id);
    expect(await balance(await joinWithGoogle(google(newEmail(), profile.sub)))).toBe(700);
    // Otherwise each of their two names would be worth it.
    expect(await balance(await join(profile.email))).toBe(0);
  });

  it('is known by their address, though they came by Google', async () => {
    const profile = google();
    const id = await joinWithGoogle(profile);
    await spend(id, 900);
    await leave(id);
    expect(await balance(await join(profile.email))).toBe(100);
  });

  it('has back what a running job had not used, and no more', async () => {
    const email = newEmail();
    const userId = await join(email);
    const { jobId } = await addJob({ userId, status: 'processing', job: { engine: 'gemini', modelTokens: 100_000 } });
    await db().transaction((tx) => reserveCredits(tx, { userId, jobId, run: 0 }, 800));
    await sql()`update jobs set reserved_credits = 800 where id = ${jobId}`;
    await leave(userId);
    expect(await balance(await join(email))).toBe(700);
  });

  it('gains nothing by being back before their jobs are charged', async () => {
    const email = newEmail();
    const id = await join(email);
    const run = { userId: id, jobId: newId(), run: 0 };
    await db().transaction((tx) => reserveCredits(tx, run, 800));
    const noted = await db().transaction((tx) => noteDeparture(tx, { id, email }));
    if (!noted) throw new Error('nothing was noted');
    await sql()`update users set email = 'another' || email where id = ${id}`;
    const early = await join(email);
    await db().transaction((tx) => settleCredits(tx, run, 100));
    await correctDeparture(id, noted);
    await leave(early);
    const late = await join(email);
    expect([await balance(early), await balance(late)]).toEqual([200, 900]);
  });

  it('has a new month’s credits in a new month, and nothing is known of them any more', async () => {
    const email = newEmail();
    const id = await join(email);
    await spend(id, 600);
    await leave(id);
    const [{ month } = { month: '' }] = await sql()<{ month: string }[]>`select month from departures`;
    await sweepDeletedAccounts();
    expect(await sql()`select month from departures`).toEqual([{ month }]);
    await sql()`update departures set month = '2020-01'`;
    expect(await balance(await join(email))).toBe(1000);
    await sweepDeletedAccounts();
    expect(await sql()`select 1 from departures`).toEqual([]);
  });
});

it('what is kept of somebody who has gone says neither who they were nor which account it was', async () => {
  const profile = google();
  const id = await joinWithGoogle(profile);
  await spend(id, 1);
  await leave(id);
  const [row] = await sql()`select * from departures`;
  for (const name of [profile.email, profile.sub, id]) expect(JSON.stringify(row)).not.toContain(name);
  expect(Object.keys(row ?? {}).sort()).toEqual(['address', 'credits_left', 'google_subject', 'id', 'month']);
});

it('nobody spends for an account that is deleted', async () => {
  const id = await join(newEmail());
  await leave(id);
  await expect(spend(id, 1)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

describe('an answer to somebody who was not known yet', () => {
  const send = (route: typeof register, key: string, body: unknown) => {
    const headers = { 'content-type': 'application/json', 'idempotency-key': key };
    const init = { method: 'POST', headers, body: JSON.stringify(body) };
    return route(new Request('http://localhost/api/v1/auth/register', init), { params });
  };

  it('goes with them', async () => {
    const credentials = { email: newEmail(), password: PASSWORD };
    const key = newId();
    const first = await (await send(register, key, credentials)).json();
    const tokens = await send(token, newId(), credentials);
    expect([tokens.status, (await send(register, key, credentials)).headers.get('idempotent-replayed')]).toEqual([
      200,
      'true',
    ]);
    expect(await sql()`select 1 from idempotency_keys where user_id = ${first.id}`).toHaveLength(2);
    await leave(first.id);
    const anew = await send(register, key, credentials);
    expect([anew.status, anew.headers.get('idempotent-replayed')]).toEqual([201, null]);
    expect((await anew.json()).id).not.toBe(first.id);
  });

  it('goes by a sweep when it came after them', async () => {
    const { id } = await (await send(register, newId(), { email: newEmail(), password: PASSWORD })).json();
    await leave(id);
    await sql()`insert into idempotency_keys (id, user_id, holder, held_until, expires_at)
      values (${newId()}, ${id}, 'nobody', now(), now() + interval '1 day')`;
    expect(await sweepDeletedAccounts()).toBe(1);
    expect(await sql()`select 1 from idempotency_keys where user_id = ${id}`).toEqual([]);
  });
});
