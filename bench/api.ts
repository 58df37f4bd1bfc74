import autocannon from 'autocannon';
import { closeDatabase, db, openDatabase } from '@/db/client';
import { joinEmbeddedPostgres } from '@/db/embedded';
import { quotes } from '@/db/schema';
import { addJob, addUser } from '@/db/testing/factories';
import { newQuote } from '@/db/testing/new-quote';
import { prepareEnvironment } from '@/db/testing/prepare-environment';
import { startApp } from '@/e2e/support/app';
import type { Measurement } from './measurement';
import { percentile } from './support/percentile';

const CONFIRMATIONS = 1_000;
const READERS = 8;
const MONTHLY_CREDITS = 10_000;
const CREDITS = 7;

const STATUS_SECONDS = 10;
const STATUS_CONNECTIONS = 50;

const SIGN_INS = 20;
const WATCHERS = 10;
const WATCH_MS = 10_000;
/** As often as a page of ours would ask if it were in a hurry. */
const PAUSE_MS = 100;

const none = { atMost: 0 };
const times = (count: number) => Array.from({ length: count }, (_, index) => index);

/** The built product under load, over HTTP, as `npm start` runs it. */
export async function run(): Promise<Measurement[]> {
  const { remove } = prepareEnvironment({
    GEMINI_API_KEY: 'bench',
    MONTHLY_CREDITS: String(MONTHLY_CREDITS),
    MAX_CREDITS_PER_DAY: '1000000000',
    REQUEST_LIMIT_PER_MINUTE: '1000000',
    LOG_LEVEL: 'warn',
  });
  const app = await startApp();
  try {
    const databaseUrl = await joinEmbeddedPostgres(app.dataDir);
    if (databaseUrl === undefined) throw new Error('the app has no database');
    openDatabase(databaseUrl);
    return [...(await confirmQuotes(app.url)), ...(await readStatus(app.url)), ...(await watchDuringSignIns(app.url))];
  } finally {
    await closeDatabase();
    await app.remove();
    remove();
  }
}

/** Only now: it reads the configuration when it loads. */
async function bearerOf(userId: string): Promise<Record<string, string>> {
  const { signAccessToken } = await import('@/lib/auth/access-token');
  return { authorization: `Bearer ${await signAccessToken(userId)}` };
}

/** Every quote is confirmed twice at once; each must be reserved once. */
async function confirmQuotes(url: string): Promise<Measurement[]> {
  const readers = await Promise.all(
    times(READERS).map(async () => {
      const userId = await addUser();
      const rows = times(CONFIRMATIONS / READERS).map(() => newQuote(userId, CREDITS));
      await db().insert(quotes).values(rows);
      return { headers: await bearerOf(userId), quoteIds: rows.map(({ id }) => id) };
    }),
  );
  const waits: number[] = [];
  const statuses: number[] = [];
  const confirm = async (headers: Record<string, string>, quoteId: string) => {
    const startedAt = performance.now();
    const body = JSON.stringify({ quote_id: quoteId });
    const answer = await fetch(`${url}/api/v1/jobs/confirm`, { method: 'POST', headers, body });
    await answer.text();
    waits.push(performance.now() - startedAt);
    statuses.push(answer.status);
  };
  const startedAt = performance.now();
  await Promise.all(
    readers.map(async ({ headers, quoteIds }) => {
      for (const id of quoteIds) await Promise.all([confirm(headers, id), confirm(headers, id)]);
    }),
  );
  const minutes = (performance.now() - startedAt) / 60_000;
  const balances = await Promise.all(
    readers.map(async ({ headers }) => {
      const answer = await fetch(`${url}/api/v1/credits`, { headers });
      const { balance }: { balance: number } = await answer.json();
      return balance;
    }),
  );
  const right = MONTHLY_CREDITS - (CONFIRMATIONS / READERS) * CREDITS;
  const count = (status: number) => statuses.filter((each) => each === status).length;
  return [
    {
      what: 'quotes confirmed a minute, each asked for twice',
      value: count(201) / minutes,
      unit: '',
      goal: { atLeast: 1_000 },
    },
    {
      what: 'confirmations that did not come out once',
      value: Math.abs(count(201) - CONFIRMATIONS),
      unit: '',
      goal: none,
    },
    {
      what: 'other answers than 201 and 409',
      value: 2 * CONFIRMATIONS - count(201) - count(409),
      unit: '',
      goal: none,
    },
    {
      what: 'balances that are not exact',
      value: balances.filter((each) => each !== right).length,
      unit: '',
      goal: none,
    },
    { what: 'confirmation, p95', value: percentile(waits, 0.95), unit: 'ms' },
  ];
}

async function watchedJob(url: string) {
  const { jobId, userId } = await addJob({ status: 'processing', job: { startedAt: new Date() } });
  const headers = await bearerOf(userId);
  const status = `${url}/api/v1/jobs/${jobId}`;
  const answer = await fetch(status, { headers });
  await answer.text();
  return { status, headers, known: { ...headers, 'if-none-match': answer.headers.get('etag') ?? '' } };
}

/** The generator of the load shares the two cores. */
async function readStatus(url: string): Promise<Measurement[]> {
  const { status, headers, known } = await watchedJob(url);
  const load = { url: status, connections: STATUS_CONNECTIONS, duration: STATUS_SECONDS };
  await autocannon({ ...load, duration: 3, headers: known });
  const unchanged = await autocannon({ ...load, headers: known });
  const changed = await autocannon({ ...load, headers });
  const others = (result: typeof changed, wanted: string) =>
    result.errors +
    Object.entries(result.statusCodeStats).reduce((sum, [code, { count }]) => sum + (code === wanted ? 0 : count), 0);
  return [
    { what: 'status a second, unchanged (304)', value: unchanged.requests.average, unit: '', goal: { atLeast: 1_000 } },
    { what: 'status, unchanged, p50', value: unchanged.latency.p50, unit: 'ms' },
    { what: 'status a second, in full (200)', value: changed.requests.average, unit: '' },
    { what: 'other answers', value: others(unchanged, '304') + others(changed, '200'), unit: '', goal: none },
  ];
}

async function watchDuringSignIns(url: string): Promise<Measurement[]> {
  const { registerUser } = await import('@/lib/auth/register-user');
  const password = 'a quiet reading room';
  const people = await Promise.all(
    times(SIGN_INS).map(async (index) => {
      const email = `sign-in-${index}@example.org`;
      await registerUser({ email, password });
      return JSON.stringify({ email, password });
    }),
  );
  const { status, known } = await watchedJob(url);
  const end = performance.now() + WATCH_MS;
  const waits: number[] = [];
  let signedIn = 0;
  const signIn = async (body: string) => {
    while (performance.now() < end) {
      const answer = await fetch(`${url}/api/v1/auth/token`, { method: 'POST', body });
      if (!answer.ok) throw new Error(`a sign-in was answered ${answer.status}`);
      await answer.text();
      signedIn += 1;
    }
  };
  const watch = async () => {
    while (performance.now() < end) {
      const startedAt = performance.now();
      const answer = await fetch(status, { headers: known });
      await answer.text();
      if (answer.status !== 304) throw new Error(`the status route answered ${answer.status}`);
      waits.push(performance.now() - startedAt);
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  };
  await Promise.all([...people.map(signIn), ...times(WATCHERS).map(watch)]);
  return [
    { what: 'sign-ins a second, 20 at a time', value: signedIn / (WATCH_MS / 1000), unit: '' },
    { what: 'status during these, p50', value: percentile(waits, 0.5), unit: 'ms' },
    { what: 'status during these, p95', value: percentile(waits, 0.95), unit: 'ms', goal: { atMost: 50 } },
  ];
}
