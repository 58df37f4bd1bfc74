import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type EmbeddedPostgres, joinEmbeddedPostgres, startEmbeddedPostgres } from './embedded';

let dataDir: string;
let server: EmbeddedPostgres;

const start = async () => {
  server = await startEmbeddedPostgres({ dataDir, durable: false });
};

const lives = (pid: number) =>
  readFile(`/proc/${pid}/cmdline`, 'utf8').then(
    (command) => command !== '',
    () => false,
  );

async function query(text: string): Promise<unknown[]> {
  const sql = postgres(server.url, { max: 1 });
  try {
    return [...(await sql.unsafe(text))];
  } finally {
    await sql.end();
  }
}

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'novel-test-'));
  await chmod(dataDir, 0o711);
  await mkdir(join(dataDir, 'postgres.init-killed', 'cluster'), { recursive: true });
  await start();
  await query('create table facts (fact text)');
  await query(`insert into facts values ('committed')`);
});

afterEach(async () => {
  if (!(await lives(server.pid))) await start();
});

afterAll(async () => {
  await server.stop();
  await rm(dataDir, { recursive: true });
});

test('a first start that was killed halfway leaves nothing', async () => {
  expect(await readdir(dataDir)).toEqual(['postgres']);
});

test('it is a UTF-8 PostgreSQL 18 that only this machine can reach, with a password only its owner can read', async () => {
  expect(
    await query(`select current_setting('server_version_num')::int / 10000 as major,
      current_setting('server_encoding') as encoding, current_setting('listen_addresses') as addresses,
      current_setting('unix_socket_directories') as sockets, lower('ÉTÉ') as lower`),
  ).toEqual([{ major: 18, encoding: 'UTF8', addresses: '127.0.0.1', sockets: '', lower: 'été' }]);
  const wrong = new URL(server.url);
  wrong.password = 'guess';
  const sql = postgres(wrong.href, { max: 1 });
  await expect(sql`select 1`).rejects.toThrow('password authentication failed');
});

test('another process can join it while it runs, and only then', async () => {
  expect(await joinEmbeddedPostgres(dataDir)).toBe(server.url);
  await server.stop();
  expect(await joinEmbeddedPostgres(dataDir)).toBeUndefined();
});

test('stopping it leaves no process behind', async () => {
  const { pid } = server;
  await server.stop();
  expect(await lives(pid)).toBe(false);
});

test('a server left over by a killed supervisor is replaced, and nothing is lost', async () => {
  const leftOver = server.pid;
  await start();
  expect(await lives(leftOver)).toBe(false);
  expect(await query('select fact from facts')).toEqual([{ fact: 'committed' }]);
});

test('after a kill -9 of the server the next start recovers', async () => {
  process.kill(server.pid, 'SIGKILL');
  await server.exited;
  await start();
  expect(await query('select fact from facts')).toEqual([{ fact: 'committed' }]);
});

test('a stale pid file that names somebody else’s process is no obstacle', async () => {
  const pidFile = join(dataDir, 'postgres', 'cluster', 'postmaster.pid');
  const text = await readFile(pidFile, 'utf8');
  await server.stop();
  await writeFile(pidFile, text.replace(/^\d+/, String(process.pid)));
  await start();
  expect(await lives(process.pid)).toBe(true);
  expect(await query('select fact from facts')).toEqual([{ fact: 'committed' }]);
});
