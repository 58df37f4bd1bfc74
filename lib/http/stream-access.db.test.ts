import { encode } from 'next-auth/jwt';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { GET } from '@/app/api/v1/jobs/[jobId]/events/route';
import { sql } from '@/db/client';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { addJob } from '@/db/testing/factories';
import { signAccessToken } from '@/lib/auth/access-token';
import { createApiKey, revokeApiKey } from '@/lib/auth/api-keys';
import { authSecret } from '@/lib/auth/auth-secret';
import { signOutEverywhere } from '@/lib/auth/end-sessions';
import { issueTokens, refreshTokensOnce } from '@/lib/auth/issue-tokens';
import { hashPassword } from '@/lib/auth/password';
import { cancelJob } from '@/lib/jobs/cancel-job';
import { streamJob } from './stream-job';
import { follow, jobIn } from './testing/follow-events';

const environment = await vi.hoisted(async () =>
  (await import('@/db/testing/prepare-environment')).prepareEnvironment(),
);
connectTestDatabase();
afterAll(environment.remove);

describe('a reader who may not stay', () => {
  const HEARTBEAT_MS = 15_000;
  afterEach(() => {
    vi.useRealTimers();
  });

  async function open(shows: Record<string, string>, jobId: string) {
    vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'] });
    const request = new Request(`http://localhost/api/v1/jobs/${jobId}/events`, { headers: shows });
    const events = follow(await GET(request, { params: Promise.resolve({ jobId }) }));
    expect(jobIn(await events.next())).toMatchObject({ id: jobId });
    return events;
  }
  const me = (id: string) => ({ id, email: '', name: null, role: 'reader' as const });
  const key = async (userId: string) => {
    const made = await createApiKey(me(userId), { name: 'a script', scopes: ['read'] });
    return { shows: { authorization: `Bearer ${made.key}` }, end: () => revokeApiKey(userId, made.id) };
  };
  const token = async (userId: string) => ({
    shows: { authorization: `Bearer ${await signAccessToken(userId)}` },
    end: () => signOutEverywhere(userId),
  });
  const session = async (userId: string) => ({
    shows: { cookie: `next-auth.session-token=${await encode({ token: { sub: userId }, secret: authSecret() })}` },
    end: () => signOutEverywhere(userId),
  });
  const narrowed = async (userId: string) => ({
    ...(await key(userId)),
    end: () => sql()`update api_keys set scopes = '{process}' where user_id = ${userId}`,
  });
  const stolen = async (userId: string) => {
    const email = `${userId}@example.org`;
    const password = 'une salle de lecture au calme';
    await sql()`update users set email = ${email}, password_hash = ${await hashPassword(password)} where id = ${userId}`;
    const { access_token, refresh_token } = await issueTokens({ email, password }, '192.0.2.1');
    await refreshTokensOnce(refresh_token);
    const again = () => refreshTokensOnce(refresh_token).catch(() => undefined);
    return { shows: { authorization: `Bearer ${access_token}` }, end: again };
  };
  const gone = async (userId: string) => ({
    ...(await token(userId)),
    end: () => sql()`update users set email = id || '@deleted.invalid', deleted_at = now() where id = ${userId}`,
  });

  it.each([
    ['whose key is revoked', key],
    ['whose token has ended', token],
    ['who has signed out', session],
    ['whose account is deleted', gone],
    ['whose key may not read any more', narrowed],
    ['whose refresh token was used twice', stolen],
  ])('%s is told nothing from that moment on', async (_, enter) => {
    const { userId, jobId } = await addJob({ status: 'processing' });
    const { shows, end } = await enter(userId);
    const events = await open(shows, jobId);
    await sql()`update jobs set model_calls = 1 where id = ${jobId}`;
    expect(jobIn(await events.next())).toMatchObject({ gemini_api_calls: 1 });
    await end();
    // The clock of the heartbeat stands still.
    expect(await events.next()).toBeUndefined();
  });

  it.each([['revoked'], ['narrowed']])('is not told what happens right after their key is %s', async (what) => {
    const { userId, jobId } = await addJob({ status: 'processing' });
    const { shows, end } = await (what === 'revoked' ? key : narrowed)(userId);
    const events = await open(shows, jobId);
    await end();
    await cancelJob(userId, jobId, 'me');
    expect(await events.next()).toBeUndefined();
  });

  it('goes on when a key of theirs ends that they did not come with', async () => {
    const { userId, jobId } = await addJob({ status: 'processing' });
    const other = await key(userId);
    const events = await open((await key(userId)).shows, jobId);
    await other.end();
    await sql()`update jobs set model_calls = 1 where id = ${jobId}`;
    expect(jobIn(await events.next())).toMatchObject({ gemini_api_calls: 1 });
    await events.stop();
  });

  it('is told nothing when their key has ended while the stream began', async () => {
    const { userId, jobId } = await addJob({ status: 'processing' });
    const response = await streamJob(new Request('http://localhost/events'), userId, jobId, async () => false);
    const events = follow(response);
    expect(jobIn(await events.next())).toMatchObject({ id: jobId });
    expect(await events.next()).toBeUndefined();
  });

  it('with a token that has grown old is told nothing either', async () => {
    const { userId, jobId } = await addJob({ status: 'processing' });
    const events = await open((await token(userId)).shows, jobId);
    vi.setSystemTime(Date.now() + 2 * 60 * 60 * 1000);
    vi.advanceTimersByTime(HEARTBEAT_MS);
    expect(await events.next()).toBeUndefined();
  });

  it('is told nothing when the heartbeat is late', async () => {
    const { userId, jobId } = await addJob({ status: 'processing' });
    vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'] });
    let isLetIn = true;
    const response = await streamJob(new Request('http://localhost/events'), userId, jobId, async () => isLetIn);
    const events = follow(response);
    await events.next();
    isLetIn = false;
    vi.setSystemTime(Date.now() + HEARTBEAT_MS + 1);
    await sql()`update jobs set model_calls = 1 where id = ${jobId}`;
    expect(await events.next()).toBeUndefined();
  });

  it('is not asked for at each event', async () => {
    const { userId, jobId } = await addJob({ status: 'processing' });
    let asked = 0;
    const response = await streamJob(new Request('http://localhost/events'), userId, jobId, async () => {
      asked += 1;
      return true;
    });
    const events = follow(response);
    await events.next();
    for (const calls of [1, 2, 3]) {
      await sql()`update jobs set model_calls = ${calls} where id = ${jobId}`;
      await events.next();
    }
    // Once, when it began.
    expect(asked).toBe(1);
    await events.stop();
  });
});
