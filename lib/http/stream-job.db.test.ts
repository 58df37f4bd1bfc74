import { afterAll, describe, expect, it, vi } from 'vitest';
import { sql } from '@/db/client';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { addJob, addUser } from '@/db/testing/factories';
import { cancelJob } from '@/lib/jobs/cancel-job';
import { deleteJob } from '@/lib/jobs/delete-job';
import { getJob } from '@/lib/jobs/queries';
import { streamJob } from './stream-job';
import { follow, jobIn } from './testing/follow-events';

const environment = await vi.hoisted(async () =>
  (await import('@/db/testing/prepare-environment')).prepareEnvironment(),
);
connectTestDatabase();
afterAll(environment.remove);

const mayStay = async () => true;

async function listen(userId: string, jobId: string, options: { lastEventId?: string; signal?: AbortSignal } = {}) {
  const { lastEventId, signal } = options;
  const headers = new Headers(lastEventId === undefined ? [] : [['last-event-id', lastEventId]]);
  const request = new Request('http://localhost/events', { headers, ...(signal && { signal }) });
  return follow(await streamJob(request, userId, jobId, mayStay));
}

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
