import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { EventSource } from 'undici';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { sql } from '@/db/client';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { addJob } from '@/db/testing/factories';
import type { Job } from '@/lib/jobs/schema';
import { unreachable } from './api-error';
import { watchJob } from './watch-job';

const database = connectTestDatabase();
const started: ChildProcess[] = [];
beforeAll(() => {
  // Node has none without a flag; this is the one it would have.
  Object.assign(globalThis, { EventSource });
});
afterAll(() => {
  Reflect.deleteProperty(globalThis, 'EventSource');
  for (const child of started) child.kill('SIGKILL');
});

/** A web process of its own. */
async function startServer(port = 0) {
  const child = fork('e2e/support/live-web.ts', [], {
    env: { ...process.env, DATABASE_URL: database.url, PORT: String(port), LOG_LEVEL: 'silent' },
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  started.push(child);
  const [said] = await once(child, 'message');
  const kill = async () => {
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };
  return { port: z.object({ port: z.int() }).parse(said).port, kill };
}

const urlOf = (port: number, userId: string, jobId: string) => `http://127.0.0.1:${port}/${userId}/${jobId}`;

const apiAt = (url: string) => ({
  eventsUrl: () => `${url}/events`,
  findChangedJob: async (_: string, etag: string | null) => {
    const answer = await fetch(url, { headers: etag === null ? {} : { 'if-none-match': etag } }).catch(() => {
      throw unreachable();
    });
    if (answer.status === 304) return undefined;
    const job: Job = await answer.json();
    return { job, etag: answer.headers.get('etag') };
  },
});

it('leaves no gap when the server is killed, facts come to pass meanwhile, and another takes its place', async () => {
  const { userId, jobId } = await addJob({ status: 'processing' });
  const server = await startServer();
  const seen: Job[] = [];
  const lost: boolean[] = [];
  const stop = watchJob(apiAt(urlOf(server.port, userId, jobId)), jobId, {
    onJob: (job) => seen.push(job),
    onLost: (isLost) => lost.push(isLost),
  });
  const calls = () => seen.at(-1)?.gemini_api_calls;
  const call = (count: number) => sql()`update jobs set model_calls = ${count} where id = ${jobId}`;

  await expect.poll(calls, { timeout: 10_000 }).toBe(0);
  await call(1);
  await expect.poll(calls, { timeout: 10_000 }).toBe(1);
  await server.kill();
  await expect.poll(() => lost.at(-1), { timeout: 10_000 }).toBe(true);
  await call(2);
  await startServer(server.port);
  await expect.poll(calls, { timeout: 20_000 }).toBe(2);
  expect(lost.at(-1)).toBe(false);
  // And it listens again: this comes as an event.
  await call(3);
  await expect.poll(calls, { timeout: 10_000 }).toBe(3);
  const all = seen.map(({ gemini_api_calls }) => gemini_api_calls);
  expect(all, 'never back in time').toEqual(all.toSorted((one, other) => one - other));
  stop();
}, 60_000);

it('numbers events alike in every process, so that a reader may resume at another', async () => {
  const { userId, jobId } = await addJob({ status: 'processing' });
  const [one, other] = await Promise.all([startServer(), startServer()]);
  const read = async (port: number, seen?: string) => {
    const headers = new Headers(seen === undefined ? [] : [['last-event-id', seen]]);
    const answer = await fetch(`${urlOf(port, userId, jobId)}/events`, { headers });
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    while (reader && !/^id: \d+$/m.test(text)) text += (await reader.read()).value ?? '';
    await reader?.cancel();
    return /^id: (\d+)$/m.exec(text)?.[1];
  };
  const change = () => sql()`update jobs set model_calls = model_calls + 1 where id = ${jobId}`;
  expect(await read(one.port)).toBe('1');
  await change();
  expect(await read(other.port, '1')).toBe('2');
  // What the one has told, the other does not repeat: the next to come is the next fact.
  const next = read(one.port, '2');
  await change();
  expect(await next).toBe('3');
}, 60_000);
