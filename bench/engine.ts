import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Inngest } from 'inngest';
import { serve } from 'inngest/node';
import postgres from 'postgres';
import { startEmbeddedPostgres } from '@/db/embedded';
import { startEngine } from '@/inngest/embedded/start-engine';
import type { Measurement } from './measurement';

/** Steps one after another: as many as the longest novel has, and more, since the SDK replays those done for each new one. */
const CHAIN = { steps: 34, runs: 3 };
const LONG_CHAIN = { steps: 100, runs: 1 };
const FAN_OUT = { steps: 34, stepMs: 2000, atOnce: 5 };
const RUNS = 1000;
/** As many novels at once, each of the most chunks that one has. */
const CROWD = { runs: 50, steps: 34, stepMs: 20, atOnce: 5 };
const IDLE_MS = 20_000;

interface Mark {
  begin: number;
  end: number;
}

const round = (value: number) => Math.round(value * 100) / 100;
const percentile = (values: number[], share: number) =>
  round(values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * share)] ?? Number.NaN);

/** An app on a real port whose functions write down when their steps began and ended. */
async function startApp(engineUrl: string) {
  const marks: Mark[] = [];
  const client = new Inngest({ id: 'bench', isDev: true, baseUrl: engineUrl, eventKey: 'bench' });
  const body =
    (ms = 0) =>
    async () => {
      const begin = performance.now();
      if (ms) await sleep(ms);
      marks.push({ begin, end: performance.now() });
    };
  const chain = client.createFunction(
    { id: 'chain', triggers: [{ event: 'bench/chain' }] },
    async ({ event, step }) => {
      for (let i = 0; i < event.data.steps; i++) await step.run(`link-${i}`, body());
    },
  );
  const fan = client.createFunction(
    {
      id: 'fan',
      triggers: [{ event: 'bench/fan' }],
      concurrency: [
        { limit: FAN_OUT.atOnce, key: 'event.data.jobId' },
        { limit: 10, scope: 'env', key: '"model"' },
      ],
    },
    async ({ step }) => {
      const steps = Array.from({ length: FAN_OUT.steps }, (_, i) => step.run(`blade-${i}`, body(FAN_OUT.stepMs)));
      await Promise.all(steps);
    },
  );
  const crowd = client.createFunction(
    {
      id: 'crowd',
      triggers: [{ event: 'bench/crowd' }],
      concurrency: { limit: CROWD.atOnce, key: 'event.data.jobId' },
    },
    async ({ step }) => {
      await Promise.all(Array.from({ length: CROWD.steps }, (_, i) => step.run(`head-${i}`, body(CROWD.stepMs))));
    },
  );
  const one = client.createFunction({ id: 'one', triggers: [{ event: 'bench/one' }] }, async ({ step }) => {
    await step.run('only', body());
  });
  const handler = serve({ client, functions: [chain, fan, crowd, one] });
  const server = createServer((request, response) => handler(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('The app has no port.');
  const synced = await fetch(`http://127.0.0.1:${address.port}/api/inngest`, { method: 'PUT' });
  if (!synced.ok) throw new Error(`The app could not register: ${await synced.text()}`);

  /** Sends events, and returns the marks of all their steps once there are `expected`. */
  async function collect(events: { name: string; data: object }[], expected: number): Promise<Mark[]> {
    marks.length = 0;
    await client.send(events);
    while (marks.length < expected) await sleep(5);
    return marks.toSorted((a, b) => a.begin - b.begin);
  }
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { collect, close };
}

type App = Awaited<ReturnType<typeof startApp>>;

async function measureChains(app: App): Promise<Measurement[]> {
  const measured: Measurement[] = [];
  for (const chain of [CHAIN, LONG_CHAIN]) {
    const gaps = await gapsOf(app, chain);
    const what = `end of a step to the next body, ${chain.steps} steps a run`;
    measured.push(
      { what: `${what}, median`, value: percentile(gaps, 0.5), unit: 'ms', goal: { atMost: 15 } },
      { what: `${what}, p95`, value: percentile(gaps, 0.95), unit: 'ms', goal: { atMost: 40 } },
    );
  }
  return measured;
}

async function gapsOf(app: App, { steps, runs }: typeof CHAIN): Promise<number[]> {
  const gaps: number[] = [];
  for (let run = 0; run < runs; run++) {
    const marks = await app.collect([{ name: 'bench/chain', data: { steps } }], steps);
    gaps.push(...marks.slice(1).map(({ begin }, index) => begin - (marks[index]?.end ?? Number.NaN)));
  }
  return gaps;
}

async function measureFanOut(app: App): Promise<Measurement> {
  const { steps, stepMs, atOnce } = FAN_OUT;
  const began = performance.now();
  const marks = await app.collect([{ name: 'bench/fan', data: { jobId: randomUUID() } }], steps);
  const last = Math.max(...marks.map(({ end }) => end));
  const value = round((last - began) / (Math.ceil(steps / atOnce) * stepMs));
  return { what: '34 steps of 2 s, 5 at once, to the ideal 14 s', value, unit: '×', goal: { atMost: 1.03 } };
}

async function measureThroughput(app: App, url: string): Promise<Measurement> {
  const began = performance.now();
  const events = Array.from({ length: RUNS }, () => ({ name: 'bench/one', data: {} }));
  await app.collect(events, RUNS);
  await waitUntilAllEnded(url);
  const value = Math.round((RUNS * 1000) / (performance.now() - began));
  return { what: 'runs of one step, from 1,000 events sent at once', value, unit: '/s', goal: { atLeast: 100 } };
}

/** Flat: as fast with all of the work waiting as with the last of it. */
async function measureCrowd(app: App, url: string): Promise<Measurement[]> {
  const count = CROWD.runs * CROWD.steps;
  const events = Array.from({ length: CROWD.runs }, () => ({ name: 'bench/crowd', data: { jobId: randomUUID() } }));
  const began = performance.now();
  const ends = (await app.collect(events, count)).map(({ end }) => end - began).toSorted((a, b) => a - b);
  await waitUntilAllEnded(url);
  const at = (share: number) => ends[Math.round((count - 1) * share)] ?? Number.NaN;
  // The first tenth has the planning of all runs in it, the last the runs that end.
  const [early, late] = [at(0.5) - at(0.1), at(0.9) - at(0.5)];
  return [
    { what: '50 runs of 34 parallel steps at once, steps', value: Math.round((count * 1000) / at(1)), unit: '/s' },
    {
      what: 'the slower half of them, to the faster',
      value: round(Math.min(early, late) / Math.max(early, late)),
      unit: '×',
      goal: { atLeast: 0.75 },
    },
  ];
}

async function waitUntilAllEnded(url: string): Promise<void> {
  const sql = postgres(url, { max: 1 });
  const running = () => sql`
    select from inngest_embedded.runs where status = 'Running'
    union all select from inngest_embedded.events where not routed limit 1`;
  while ((await running()).length) await sleep(20);
  await sql.end();
}

async function measureIdle(url: string): Promise<Measurement[]> {
  const sql = postgres(url, { max: 1 });
  const count = async () => {
    await sql`select pg_stat_clear_snapshot()`;
    const [row] = await sql<{ n: number }[]>`
      select (xact_commit + xact_rollback)::float8 as n from pg_stat_database where datname = current_database()`;
    return row?.n ?? Number.NaN;
  };
  // Sessions report what they did up to ten seconds later.
  await sleep(12_000);
  const before = await count();
  const cpu = process.cpuUsage();
  await sleep(IDLE_MS);
  const { user, system } = process.cpuUsage(cpu);
  const after = await count();
  await sql.end();
  const busy = round(((user + system) / 1000 / IDLE_MS) * 100);
  return [
    {
      what: 'transactions when idle',
      value: round(((after - before) * 1000) / IDLE_MS),
      unit: '/s',
      goal: { atMost: 2 },
    },
    { what: 'CPU when idle, engine and app in one process', value: busy, unit: '%', goal: { atMost: 1 } },
  ];
}

export async function run(): Promise<Measurement[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'engine-bench-'));
  await chmod(dataDir, 0o711);
  const database = await startEmbeddedPostgres({ dataDir });
  const engine = await startEngine({ databaseUrl: database.url, port: 0, dev: true });
  const app = await startApp(engine.url);
  try {
    await gapsOf(app, LONG_CHAIN);
    const chains = await measureChains(app);
    const fanOut = await measureFanOut(app);
    const throughput = await measureThroughput(app, database.url);
    const crowd = await measureCrowd(app, database.url);
    return [...chains, fanOut, throughput, ...crowd, ...(await measureIdle(database.url))];
  } finally {
    await engine.close();
    app.close();
    await database.stop();
    await rm(dataDir, { recursive: true });
  }
}

if (import.meta.main) process.stdout.write(`${JSON.stringify(await run(), null, 2)}\n`);
