import { afterAll, describe, expect, it, vi } from 'vitest';
import { GET as events } from '@/app/api/v1/jobs/[jobId]/events/route';
import { GET as exported } from '@/app/api/v1/jobs/[jobId]/export/route';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { addJob, addUser } from '@/db/testing/factories';
import { signAccessToken } from '@/lib/auth/access-token';
import { openStream } from './open-streams';
import { openRoute } from './route';
import { streamJob } from './stream-job';

const environment = await vi.hoisted(async () =>
  (await import('@/db/testing/prepare-environment')).prepareEnvironment(),
);
connectTestDatabase();
afterAll(environment.remove);

const mayStay = async () => true;
const watchers = (jobId: string) => globalThis.frenchNovelJobWatch?.listeners.get(jobId)?.size ?? 0;

const ask = async (handler: typeof events, method: string, userId: string, jobId: string, query = '') => {
  const headers = { authorization: `Bearer ${await signAccessToken(userId)}` };
  const request = new Request(`http://localhost:3000/api/v1/jobs/${jobId}/here${query}`, { method, headers });
  return handler(request, { params: Promise.resolve({ jobId }) });
};
const SHOWN = ['content-type', 'content-disposition', 'cache-control', 'x-accel-buffering'];
const shown = ({ status, headers }: Response) => [status, ...SHOWN.map((name) => headers.get(name))];

describe('HEAD', () => {
  it('says of live events what GET does, and watches nothing', async () => {
    const { userId, jobId } = await addJob({ status: 'processing' });
    const head = await ask(events, 'HEAD', userId, jobId);
    expect(head.body).toBeNull();
    expect(watchers(jobId)).toBe(0);
    const get = await ask(events, 'GET', userId, jobId);
    expect(shown(head)).toEqual(shown(get));
    await get.body?.cancel();
  });

  it.each(['csv', 'json', 'txt', 'pdf'])('says of an export as %s what GET does, and makes none', async (format) => {
    const { userId, jobId } = await addJob({ status: 'completed' });
    const head = await ask(exported, 'HEAD', userId, jobId, `?format=${format}`);
    expect(head.body).toBeNull();
    const get = await ask(exported, 'GET', userId, jobId, `?format=${format}`);
    expect(shown(head)).toEqual(shown(get));
    await get.body?.cancel();
  });

  it('lets go of whatever body a route has begun', async () => {
    const cancel = vi.fn();
    const endless = openRoute(async () => new Response(new ReadableStream({ cancel }), { status: 203 }));
    const request = new Request('http://localhost:3000/api/v1/endless', { method: 'HEAD' });
    const head = await endless(request, { params: Promise.resolve({}) });
    expect([head.status, head.body]).toEqual([203, null]);
    expect(cancel).toHaveBeenCalledOnce();
  });
});

describe('of live events', () => {
  it('one reader has 250 open at once; who is refused is told when to come back, and nobody else is', async () => {
    const { userId, jobId } = await addJob({ status: 'processing' });
    const leaves = Array.from({ length: 249 }, () => openStream(userId));
    const last = await ask(events, 'GET', userId, jobId);
    expect(last.status).toBe(200);
    const refused = await ask(events, 'GET', userId, jobId);
    expect(refused.headers.get('retry-after')).toBe('30');
    expect(await refused.json()).toMatchObject({ status: 429, code: 'RATE_LIMITED', retryable: true });
    expect(watchers(jobId)).toBe(1);
    openStream(await addUser())();

    await last.body?.cancel();
    const next = await ask(events, 'GET', userId, jobId);
    expect(next.status).toBe(200);
    await next.body?.cancel();
    for (const leave of leaves) leave();
  });

  it('all readers of a process have 1,000', () => {
    const leaves = Array.from({ length: 1_000 }, (_, i) => openStream(`reader ${i % 5}`));
    expect(() => openStream('one more')).toThrow(expect.objectContaining({ code: 'RATE_LIMITED' }));
    for (const leave of leaves) leave();
    openStream('one more')();
  });

  it('a stream counts until it ends, in whichever way', async () => {
    const { userId, jobId } = await addJob({ status: 'completed' });
    for (let i = 0; i < 300; i += 1) await streamJob(new Request('http://localhost/events'), userId, jobId, mayStay);
  });

  it('one that cannot begin counts for nothing', async () => {
    const { userId, jobId } = await addJob({ status: 'processing' });
    const watch = globalThis.frenchNovelJobWatch;
    const listening = Promise.reject(new Error('no connection'));
    listening.catch(() => undefined);
    globalThis.frenchNovelJobWatch = { listeners: new Map(), listening };
    for (let i = 0; i < 300; i += 1) {
      const { body } = await streamJob(new Request('http://localhost/events'), userId, jobId, mayStay);
      await expect(body?.getReader().read()).rejects.toThrow('no connection');
    }
    globalThis.frenchNovelJobWatch = watch;
  });

  it('none is begun for who has gone already', async () => {
    const { userId, jobId } = await addJob({ status: 'processing' });
    const request = new Request('http://localhost/events', { signal: AbortSignal.abort() });
    expect((await streamJob(request, userId, jobId, mayStay)).body).toBeNull();
    expect(watchers(jobId)).toBe(0);
  });
});
