import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { joinEmbeddedPostgres } from '@/db/embedded';
import { startFakeGemini } from '@/e2e/support/fake-gemini';
import { makeNovel } from '@/e2e/support/novel-maker';
import type { Job } from '@/lib/jobs/schema';
import type { EngineName } from '@/lib/rewrite/engine';
import type { Measurement } from './measurement';
import { type BenchApp, startBenchApp } from './support/bench-app';
import { percentile } from './support/percentile';

const JOBS = 5;
const PAGES = 500;
const POLLERS = 100;
const LISTENERS = 50;
/** What the answers ask pollers to wait. */
const POLL_MS = 2_000;
const MODEL_MS = 2_000;

/** A hundred pollers with ETag and fifty readers of events, while five novels are on their way: once with each engine. */
export async function run(): Promise<Measurement[]> {
  const model = await startFakeGemini({ latencyMs: MODEL_MS });
  const app = await startBenchApp({
    GEMINI_API_KEY: 'bench',
    GEMINI_BASE_URL: model.url,
    MONTHLY_CREDITS: '100000',
    MAX_CREDITS_PER_DAY: '100000',
  });
  try {
    return [...(await readAlong(app, 'gemini')), ...(await readAlong(app, 'offline'))];
  } finally {
    await app.close();
    await model.close();
  }
}

async function readAlong(app: BenchApp, engine: EngineName): Promise<Measurement[]> {
  const jobs = await startJobs(app, engine);
  const over = new AbortController();
  const jobOf = (reader: number) => jobs[reader % jobs.length]?.id ?? '';
  const pollers = Array.from({ length: POLLERS }, (_, reader) => poll(app, jobOf(reader), reader, over.signal));
  const listeners = Array.from({ length: LISTENERS }, (_, reader) => listen(app, jobOf(reader), reader));
  const listening = countListening(app, over.signal);
  const ends = await Promise.all(jobs.map((job) => app.waitForEnd(job, 600_000)));
  const heard = await Promise.all(listeners);
  over.abort();
  const times = (await Promise.all(pollers)).flat();
  if (ends.some(({ status }) => status !== 'completed')) throw new Error('a job did not complete');
  const untold = heard.filter(({ last }) => last !== 'completed').length;
  return [
    { what: `${engine}: GET /jobs/:id, p95`, value: percentile(times, 0.95), unit: 'ms', goal: { atMost: 50 } },
    { what: `${engine}: GET /jobs/:id, median`, value: percentile(times, 0.5), unit: 'ms' },
    { what: `${engine}: requests of pollers`, value: times.length, unit: '' },
    { what: `${engine}: readers of events not told of the end`, value: untold, unit: '', goal: { atMost: 0 } },
    { what: `${engine}: connections that LISTEN, at most`, value: await listening, unit: '', goal: { atMost: 1 } },
  ];
}

async function startJobs(app: BenchApp, engine: EngineName): Promise<Job[]> {
  const jobs: Job[] = [];
  for (let seed = 1; seed <= JOBS; seed += 1) {
    const { pdf } = await makeNovel({ seed, pages: PAGES });
    jobs.push(await app.api.createJob(new File([new Uint8Array(pdf)], `${seed}.pdf`), { engine }));
  }
  return jobs;
}

/** Asks every two seconds, however long the answers take; how long after its time each came. */
async function poll(app: BenchApp, jobId: string, reader: number, over: AbortSignal): Promise<number[]> {
  const times: number[] = [];
  let etag: string | null = null;
  for (let due = performance.now() + (POLL_MS * reader) / POLLERS; !over.aborted; due += POLL_MS) {
    await sleep(Math.max(0, due - performance.now()));
    const answer = await app.get(`/api/v1/jobs/${jobId}`, { headers: etag === null ? {} : { 'if-none-match': etag } });
    await answer.arrayBuffer();
    times.push(performance.now() - due);
    if (!answer.ok && answer.status !== 304) throw new Error(`a poller was answered ${answer.status}`);
    etag = answer.headers.get('etag');
  }
  return times;
}

/** Reads events until the stream ends, and says which status was the last. They come one by one, as the pollers do. */
async function listen(app: BenchApp, jobId: string, reader: number) {
  await sleep((POLL_MS * reader) / LISTENERS);
  const { body } = await app.get(`/api/v1/jobs/${jobId}/events`);
  let text = '';
  for await (const piece of body?.pipeThrough(new TextDecoderStream()) ?? []) text += piece;
  return { last: [...text.matchAll(/"status":"(\w+)"/g)].at(-1)?.[1] };
}

async function countListening(app: BenchApp, over: AbortSignal): Promise<number> {
  const sql = postgres((await joinEmbeddedPostgres(app.dataDir)) ?? '', { max: 1 });
  let most = 0;
  while (!over.aborted) {
    const found = await sql`select pid from pg_stat_activity where query ~* '^listen "?(job|access)_changed'`;
    most = Math.max(most, found.length);
    await sleep(500);
  }
  await sql.end();
  if (most === 0) throw new Error('nobody was seen to LISTEN, and somebody must');
  return most;
}
