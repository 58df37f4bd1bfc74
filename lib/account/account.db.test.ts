import { Readable } from 'node:stream';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { DELETE } from '@/app/api/v1/account/route';
import { sql } from '@/db/client';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { addJob } from '@/db/testing/factories';
import { makeNovel, type Novel } from '@/e2e/support/novel-maker';
import { startPipeline } from '@/e2e/support/pipeline';
import { storedFiles } from '@/e2e/support/stored-files';
import { announce } from '@/inngest/client';
import { jobStartedEvent } from '@/inngest/events';
import { nowSeconds, signAccessToken } from '@/lib/auth/access-token';
import { identify } from '@/lib/auth/identify';
import { registerUser } from '@/lib/auth/register-user';
import { createJob } from '@/lib/jobs/create-job';
import { getJob } from '@/lib/jobs/queries';
import { storeFile } from '@/lib/storage/store';
import { exportAccount } from './export-account';
import { sweepDeletedAccounts } from './sweep-deleted-accounts';
import { addFullAccount, PASSWORD, tablesWith } from './testing/full-account';

const { environment, enginePort, logged } = await vi.hoisted(async () => {
  const { findFreePort } = await import('@/scripts/start/free-port');
  const { prepareEnvironment } = await import('@/db/testing/prepare-environment');
  const enginePort = await findFreePort(0, '127.0.0.1');
  // pino takes a stream that is not as it was for one that somebody reads.
  const logged: string[] = [];
  process.stdout.write = (text: string | Uint8Array) => logged.push(String(text)) > 0;
  const environment = prepareEnvironment({ INNGEST_DEV: `http://127.0.0.1:${enginePort}`, LOG_LEVEL: 'trace' });
  return { environment, enginePort, logged };
});
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

const database = connectTestDatabase();
let novel: Novel;
let leaver: Awaited<ReturnType<typeof addFullAccount>>;
let stayer: Awaited<ReturnType<typeof addFullAccount>>;

/** A job that the real pipeline, with the embedded engine beside it, has taken to its end. */
async function runJob(userId: string, name: string): Promise<string> {
  const file = await storeFile(Readable.from([Buffer.from(novel.pdf)]), 50e6);
  const start = await createJob({ userId, file, name, settings: { engine: 'offline' } });
  await announce(jobStartedEvent(start));
  const job = () => getJob(userId, start.jobId);
  await vi.waitUntil(async () => (await job()).job.status === 'completed', { timeout: 60_000, interval: 50 });
  return start.jobId;
}

beforeAll(async () => {
  novel = await makeNovel({ seed: 21, pages: 2 });
  const pipeline = await startPipeline({ databaseUrl: database.url, enginePort });
  leaver = await addFullAccount('zoraide', novel.pdf);
  stayer = await addFullAccount('mathurin', novel.pdf);
  await runJob(leaver.id, 'zoraide tome 1.pdf');
  await runJob(stayer.id, 'mathurin tome 1.pdf');
  await pipeline.close();
});
afterAll(environment.remove);

const remove = (authorization: string, body: unknown) =>
  DELETE(
    new Request('http://localhost/api/v1/account', {
      method: 'DELETE',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
    { params: Promise.resolve({}) },
  );
const identityOf = (authorization: string) => identify(new Request('http://localhost', { headers: { authorization } }));

it('the export holds all that is held about a person, and nothing of another', async () => {
  const { body } = await exportAccount(leaver.id);
  const files = unzipSync(new Uint8Array(await new Response(body).arrayBuffer()));
  const text = Object.entries(files)
    .filter(([name]) => name.endsWith('.json'))
    .map(([, bytes]) => new TextDecoder().decode(bytes))
    .join('\n');
  const rows = await sql()<{ original: string }[]>`
    select original from sentences join jobs on jobs.id = job_id where user_id = ${leaver.id}`;
  expect(rows.length).toBeGreaterThan(10);
  const wanted = ['zoraide tome 1.pdf', 'zoraide tome 2.pdf', 'zoraide Lenoir', 'zoraide script', leaver.email];
  for (const fact of [...wanted, 'hooks.example.org/zoraide']) expect(text).toContain(fact);
  const read = new Set<string>();
  for (const [name, bytes] of Object.entries(files))
    if (name.endsWith('/sentences.json'))
      for (const { original } of JSON.parse(new TextDecoder().decode(bytes))) read.add(original);
  for (const { original } of rows) expect(read).toContain(original);
  const pdfs = Object.entries(files).filter(([name]) => name.endsWith('.pdf'));
  expect(pdfs.map(([, bytes]) => Buffer.from(bytes).equals(Buffer.from(novel.pdf)))).toEqual([true, true]);
  expect(text).not.toContain('mathurin');
  expect(text).not.toMatch(/argon2|keyHash|sealedSecret/);
  expect(text).not.toContain(leaver.key);
});

/** What belongs to somebody, by whatever way, and where the export has it. */
const EXPORTED = {
  api_keys: 'api-keys.json',
  chunks: 'jobs/*/chunks.json',
  idempotency_keys: 'idempotency-keys.json',
  jobs: 'jobs/*/job.json',
  ledger_entries: 'credits.json',
  novels: 'novels.json',
  quotes: 'quotes.json',
  refresh_tokens: 'sessions.json',
  sentences: 'jobs/*/sentences.json',
  sign_in_links: 'sign-in-links.json',
  user_settings: 'settings.json',
  users: 'account.json',
  webhook_deliveries: 'webhooks.json',
  webhooks: 'webhooks.json',
};
/** Tables of the product in which nobody can be found, and why. */
const ANONYMOUS = {
  departures: 'hashed with the server’s secret, and only once the account is gone',
  model_pace: 'one row for all',
  rate_limits: 'a hash of whom it counts, for an hour at most',
};

it('no table of the product is forgotten by the export', async () => {
  const tables = await sql()<{ name: string }[]>`
    select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`;
  expect(tables.map(({ name }) => name).sort()).toEqual(Object.keys({ ...EXPORTED, ...ANONYMOUS }).sort());
  const referring = await sql()<{ name: string }[]>`
    with recursive belonging as (
      select 'public.users'::regclass as id union
      select conrelid::regclass from pg_constraint join belonging on confrelid = id where contype = 'f')
    select relname as name from belonging join pg_class on pg_class.oid = id`;
  // Triggers, and no foreign key, tie sentences to their chunks.
  expect([...referring.map(({ name }) => name), 'sentences'].sort()).toEqual(Object.keys(EXPORTED).sort());

  const files = unzipSync(new Uint8Array(await new Response((await exportAccount(leaver.id)).body).arrayBuffer()));
  const paths = Object.entries(files).map(([path, bytes]) => ({
    path: path.replace(/^(jobs)\/\w+/, '$1/*'),
    text: new TextDecoder().decode(bytes),
  }));
  for (const [table, wanted] of Object.entries(EXPORTED)) {
    const found = paths.filter(({ path, text }) => path === wanted && !/^\[\s*\]\s*$/.test(text));
    expect(found.length, table).toBeGreaterThan(0);
  }
});

it('who cannot prove to be the person deletes nothing', async () => {
  const before = await tablesWith('zoraide');
  expect((await remove(leaver.authorization, {})).status).toBe(401);
  expect((await remove(leaver.authorization, { current_password: 'not the password' })).status).toBe(401);
  expect((await remove(`Bearer ${leaver.key}`, { current_password: PASSWORD })).status).toBe(403);
  expect(await tablesWith('zoraide')).toEqual(before);
});

it('deleting an account leaves no trace of the person in any table or file, and all of the others', async () => {
  const found = await tablesWith('zoraide');
  for (const table of ['api_keys', 'novels', 'sentences', 'users', 'webhooks', 'webhook_deliveries'])
    expect(found).toContain(table);
  const sentence = String(
    (await sql()`select original from sentences where job_id <> ${leaver.jobId} limit 1`)[0]?.original,
  );
  const owned = await sql()<{ id: string; storage_key: string }[]>`
    select id, storage_key from novels where user_id = ${leaver.id}`;
  const jobs = await sql()<{ id: string }[]>`select id from jobs where user_id = ${leaver.id}`;
  const ledger = await sql()`select * from ledger_entries where user_id = ${leaver.id} order by id`;
  const files = storedFiles(environment.dataDir);
  expect(files).toHaveLength(4);
  const others = await tablesWith('mathurin');

  expect((await remove(leaver.authorization, { current_password: PASSWORD })).status).toBe(204);

  expect(await tablesWith('zoraide')).toEqual([]);
  for (const { id } of [...owned, ...jobs]) expect(await tablesWith(id)).not.toContain('jobs');
  // The engine keeps the ids of runs that have ended until its own time; an id is nobody's name.
  expect(await tablesWith(leaver.id)).toEqual(['users', ...(ledger.length > 0 ? ['ledger_entries'] : [])].sort());
  expect(await sql()`select * from ledger_entries where user_id = ${leaver.id} order by id`).toEqual(ledger);
  const left = storedFiles(environment.dataDir);
  expect(left).toHaveLength(2);
  for (const { storage_key } of owned) expect(left).not.toContain(storage_key);

  expect(await identityOf(leaver.authorization)).toBeUndefined();
  expect(await identityOf(`Bearer ${leaver.key}`)).toBeUndefined();
  expect(await tablesWith('mathurin')).toEqual(others);
  const log = logged.join('');
  expect(log).toContain(leaver.id);
  for (const told of [leaver.email, 'Lenoir', PASSWORD, ...leaver.secrets, leaver.authorization, ...novel.sentences])
    expect(log).not.toContain(told);
  expect(log).not.toMatch(/zoraide|mathurin/i);
  expect(await tablesWith(sentence)).toEqual(['sentences']);
  expect(await identityOf(stayer.authorization)).toMatchObject({ user: { id: stayer.id } });
  expect(await registerUser({ email: leaver.email, password: PASSWORD })).toMatchObject({ email: leaver.email });
});

it('who has no password has signed in just now', async () => {
  const { id } = await registerUser({ email: 'google@example.org', password: PASSWORD });
  await sql()`update users set password_hash = null where id = ${id}`;
  const [old, fresh] = [await signAccessToken(id, 0, nowSeconds() - 3600), await signAccessToken(id, 0, nowSeconds())];
  expect(await (await remove(`Bearer ${old}`, {})).json()).toMatchObject({ code: 'SIGN_IN_AGAIN' });
  expect((await remove(`Bearer ${fresh}`, {})).status).toBe(204);
  expect((await remove(`Bearer ${fresh}`, {})).status).toBe(401);
});

it('a sweep erases what a crash, or an upload under way, left of somebody who is gone', async () => {
  const { jobId } = await addJob({ userId: leaver.id, novel: { name: 'zoraide tome 3.pdf' } });
  expect(await tablesWith('zoraide tome 3')).toEqual(['novels']);
  expect(await sweepDeletedAccounts()).toBe(1);
  expect(await tablesWith('zoraide tome 3')).toEqual([]);
  expect(await tablesWith(jobId)).not.toContain('jobs');
  expect(await sweepDeletedAccounts()).toBe(0);
});
