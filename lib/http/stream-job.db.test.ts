import { encode } from 'next-auth/jwt';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { GET } from '@/app/api/v1/jobs/[jobId]/events/route';
import { sql } from '@/db/client';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { addJob, addUser } from '@/db/testing/factories';
import { signAccessToken } from '@/lib/auth/access-token';
import { createApiKey, revokeApiKey } from '@/lib/auth/api-keys';
import { authSecret } from '@/lib/auth/auth-secret';
import { signOutEverywhere } from '@/lib/auth/end-sessions';
import { cancelJob } from '@/lib/jobs/cancel-job';
import { deleteJob } from '@/lib/jobs/delete-job';
import { getJob } from '@/lib/jobs/queries';
import { streamJob } from './stream-job';

const environment = await vi.hoisted(async () =>
  (await import('@/db/testing/prepare-environment')).prepareEnvironment(),
);
connectTestDatabase();
afterAll(environment.remove);

const mayStay = async () => true;

/** Reads a stream of events piece by piece, as a browser does. */
async function listen(userId: string, jobId: string, options: { lastEventId?: string; signal?: AbortSignal } = {}) {
  const { lastEventId, signal } = options;
  const headers = new Headers(lastEventId === undefined ? [] : [['last-event-id', lastEventId]]);
  const request = new Request('http://localhost/events', { headers, ...(signal && { signal }) });
  return follow(await streamJob(request, userId, jobId, mayStay));
}

function follow(response: Response) {
  if (!response.body) throw new Error('the answer has no body');
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let waiting = '';
  return {
    response,
    stop: () => reader.cancel(),
    /** The next event, or undefined at the end of the stream. */
    async next(): Promise<Record<string, string> | undefined> {
      for (;;) {
        const end = waiting.indexOf('\n\n');
        const block = waiting.slice(0, Math.max(0, end));
        if (end >= 0) waiting = waiting.slice(end + 2);
        const fields = block.split('\n').map((line) => line.split(/: (.*)/s).slice(0, 2));
        const event: Record<string, string> = Object.fromEntries(fields);
        if (event.event) return event;
        if (end >= 0) continue;
        const { value, done } = await reader.read();
        if (done) return undefined;
        waiting += value;
      }
    },
  };
}
const jobIn = (event: Record<string, string> | undefined) => JSON.parse(event?.data ?? '{}');

describe('streamJob', () => {
  it('says at once how the job is, then each change, and ends with the job', async () => {
    const { userId, jobId } = await addJob({ status: 'processing' });
    const events = await listen(userId, jobId);
    expect(events.response.headers.get('content-type')).toBe('text/event-stream');
    const first = await events.next();
    expect(first).toMatchObject({ event: 'job', id: '1' });
    expect(jobIn(first)).toMatchObject({ id: jobId, status: 'processing', sentences: { done: 1 } });
    await sql()`update jobs set sentences_rewritten = 1 where id = ${jobId}`;
    const second = await events.next();
    expect(second?.id).toBe('2');
    expect(jobIn(second)).toMatchObject({ sentences: { done: 2 } });
    await cancelJob(userId, jobId, 'me');
    const last = await events.next();
    expect(jobIn(last)).toEqual((await getJob(userId, jobId)).job);
    expect(await events.next()).toBeUndefined();
  });

  it('makes one event of many changes at once', async () => {
    const { userId, jobId } = await addJob({ status: 'processing' });
    const events = await listen(userId, jobId);
    await events.next();
    for (let i = 0; i < 20; i += 1) await sql()`update jobs set model_calls = model_calls + 1 where id = ${jobId}`;
    await cancelJob(userId, jobId, 'me');
    const ids: number[] = [];
    for (let event = await events.next(); event; event = await events.next()) ids.push(Number(event.id));
    expect(ids.at(-1)).toBe(22);
    expect(ids.length).toBeLessThan(8);
    expect(ids).toEqual(ids.toSorted((one, other) => one - other));
  });

  it('does not repeat what a reader who comes back has seen, and tells what they missed', async () => {
    const { userId, jobId } = await addJob({ status: 'processing' });
    const seen = await listen(userId, jobId, { lastEventId: '1' });
    await sql()`update jobs set model_calls = 1 where id = ${jobId}`;
    expect((await seen.next())?.id).toBe('2');
    await seen.stop();
    const missed = await listen(userId, jobId, { lastEventId: '1' });
    expect((await missed.next())?.id).toBe('2');
    await missed.stop();
  });

  it('ends at once for a job that has ended', async () => {
    const { userId, jobId } = await addJob({ status: 'completed' });
    const events = await listen(userId, jobId);
    expect(jobIn(await events.next())).toMatchObject({ status: 'completed' });
    expect(await events.next()).toBeUndefined();
    expect(await (await listen(userId, jobId, { lastEventId: '1' })).next()).toBeUndefined();
  });

  it('says that the job is gone when it is deleted', async () => {
    const { userId, jobId } = await addJob({ status: 'processing' });
    const events = await listen(userId, jobId);
    await events.next();
    await deleteJob(userId, jobId);
    expect(await events.next()).toMatchObject({ event: 'gone' });
    expect(await events.next()).toBeUndefined();
  });

  it('knows nothing of somebody else’s job', async () => {
    const { jobId } = await addJob({ status: 'processing' });
    await expect(listen(await addUser(), jobId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('stops looking when the reader goes away, in whichever way', async () => {
    const { userId, jobId } = await addJob({ status: 'processing' });
    const watchers = () => globalThis.frenchNovelJobWatch?.listeners.get(jobId)?.size ?? 0;
    const cancelled = await streamJob(new Request('http://localhost/events'), userId, jobId, mayStay);
    const gone = new AbortController();
    const aborted = await listen(userId, jobId, { signal: gone.signal });
    await aborted.next();
    expect(watchers()).toBe(2);
    await cancelled.body?.cancel();
    gone.abort();
    expect(await aborted.next()).toBeUndefined();
    expect(watchers()).toBe(0);
    // Nothing may be thrown at a stream that nobody reads.
    await sql()`update jobs set model_calls = 1 where id = ${jobId}`;
  });

  it('says within a second what is true, whoever made it so', async () => {
    const { userId, jobId } = await addJob({ status: 'processing' });
    const events = await listen(userId, jobId);
    await events.next();
    const delays: number[] = [];
    for (let calls = 1; calls <= 10; calls += 1) {
      await sql()`update jobs set model_calls = ${calls} where id = ${jobId}`;
      const changedAt = performance.now();
      expect(jobIn(await events.next())).toMatchObject({ gemini_api_calls: calls });
      delays.push(performance.now() - changedAt);
    }
    expect(Math.max(...delays)).toBeLessThan(1_000);
    await events.stop();
  });

  it('tells two hundred readers over one connection that listens', async () => {
    const { userId, jobId } = await addJob({ status: 'processing' });
    const readers = await Promise.all(Array.from({ length: 200 }, () => listen(userId, jobId)));
    await Promise.all(readers.map((reader) => reader.next()));
    const connections = await sql()`
      select pid from pg_stat_activity where datname = current_database() and query ilike 'listen%'`;
    expect(connections).toHaveLength(1);
    const all = await sql()`select pid from pg_stat_activity where datname = current_database()`;
    expect(all.length, 'the pool, the one that listens, and no more').toBeLessThanOrEqual(14);
    await sql()`update jobs set model_calls = 1 where id = ${jobId}`;
    const told = await Promise.all(readers.map((reader) => reader.next()));
    expect(new Set(told.map((event) => event?.id))).toEqual(new Set(['2']));
    await Promise.all(readers.map((reader) => reader.stop()));
  });

  it('tells the end without waiting for more to come', async () => {
    const { userId, jobId } = await addJob({ status: 'processing' });
    const events = await listen(userId, jobId);
    await events.next();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      await cancelJob(userId, jobId, 'me');
      expect(jobIn(await events.next())).toMatchObject({ status: 'cancelled' });
    } finally {
      vi.useRealTimers();
    }
  });

  it('says every fifteen seconds that it is still there', async () => {
    const { userId, jobId } = await addJob({ status: 'processing' });
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    try {
      const { body } = await streamJob(new Request('http://localhost/events'), userId, jobId, mayStay);
      const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
      let text = '';
      const readUntil = async (mark: string) => {
        while (!text.includes(mark)) text += (await reader?.read())?.value ?? '';
      };
      await readUntil('event: job');
      vi.advanceTimersByTime(14_999);
      await sql()`update jobs set model_calls = 1 where id = ${jobId}`;
      await readUntil('id: 2');
      expect(text).not.toContain(': still here');
      vi.advanceTimersByTime(1);
      await readUntil(': still here');
      await reader?.cancel();
    } finally {
      vi.useRealTimers();
    }
  });
});

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
  const gone = async (userId: string) => ({
    ...(await token(userId)),
    end: () => sql()`update users set email = id || '@deleted.invalid', deleted_at = now() where id = ${userId}`,
  });

  it.each([
    ['whose key is revoked', key],
    ['whose token has ended', token],
    ['who has signed out', session],
    ['whose account is deleted', gone],
  ])('%s is told nothing from the next heartbeat on', async (_, enter) => {
    const { userId, jobId } = await addJob({ status: 'processing' });
    const { shows, end } = await enter(userId);
    const events = await open(shows, jobId);
    vi.advanceTimersByTime(HEARTBEAT_MS);
    await sql()`update jobs set model_calls = 1 where id = ${jobId}`;
    expect(jobIn(await events.next())).toMatchObject({ gemini_api_calls: 1 });
    await end();
    vi.advanceTimersByTime(HEARTBEAT_MS);
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
    const { shows, end } = await key(userId);
    const events = await open(shows, jobId);
    await end();
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
    expect(asked).toBe(0);
    await events.stop();
  });
});
