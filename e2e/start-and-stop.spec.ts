import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApi } from '@/lib/client/api';
import { treeOf } from './support/app';
import { makeNovel } from './support/novel-maker';
import { runCommand, runScript } from './support/run-script';
import { expect, test } from './support/story';

const START = 'scripts/start.ts';
const STOP_MS = 5_000;

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

const commandOf = (pid: number) => readFileSync(`/proc/${pid}/cmdline`, 'utf8');

function makeDataDir(): string {
  const dataDir = mkdtempSync(join(tmpdir(), 'novel-start-'));
  // As root, the database runs as a user who must be able to pass.
  chmodSync(dataDir, 0o711);
  return dataDir;
}

test('a second start on the same data says where the first one is, and leaves it alone', async ({ app }) => {
  const second = runScript(START, [], { DATA_DIR: app.dataDir, PORT: '0' });
  expect(await second.ended).toBe(1);
  expect(second.said()).toContain(`Already running on ${app.dataDir}: ${app.url}`);
  expect((await fetch(`${app.url}/api/health/ready`)).status).toBe(200);
});

test('a port that is taken is stepped over, and Ctrl-C leaves no process behind', async ({ app }) => {
  const dataDir = makeDataDir();
  const taken = new URL(app.url).port;
  const start = runScript(START, [], { DATA_DIR: dataDir, PORT: taken });
  await expect.poll(start.said, { timeout: 60_000 }).toMatch(/^ {2}Open +http.+$/m);
  const [, other] = new RegExp(`Port ${taken} is taken; using (\\d+)`).exec(start.said()) ?? [];
  expect(start.said()).toContain(`Open     http://127.0.0.1:${other}`);
  expect(start.said()).toMatch(/Sign in +http:\S+token=/);

  const { pid } = start.child;
  if (pid === undefined) throw new Error('it did not start');
  const processes = treeOf(pid);
  // Itself, the web app, the engine and the database with its own.
  expect(processes.length).toBeGreaterThan(4);
  const stoppedAt = performance.now();
  process.kill(pid, 'SIGINT');
  expect(await start.ended).toBe(0);
  await expect.poll(() => processes.filter(isAlive), { intervals: [50] }).toEqual([]);
  expect(performance.now() - stoppedAt).toBeLessThan(STOP_MS);
  rmSync(dataDir, { recursive: true });
});

test('the first novel is looked at and read by the processes that have practised', async () => {
  const dataDir = makeDataDir();
  const start = runScript(START, [], { DATA_DIR: dataDir, PORT: '0' });
  await expect.poll(start.said, { timeout: 60_000 }).toMatch(/^ {2}Open +http.+$/m);
  const { pid } = start.child;
  if (pid === undefined) throw new Error('it did not start');
  const readers = () => treeOf(pid).filter((one) => commandOf(one).includes('read-worker.ts'));
  await expect.poll(readers).toHaveLength(2);
  const practised = readers();

  const [, baseUrl = ''] = /^ {2}Open +(http\S+)$/m.exec(start.said()) ?? [];
  const reader = { email: 'first@example.org', password: 'a quiet reading room' };
  await createApi({ baseUrl }).register(reader);
  const { access_token } = await createApi({ baseUrl }).token(reader);
  const api = createApi({ baseUrl, accessToken: () => access_token });
  const { pdf } = await makeNovel({ seed: 4, pages: 2 });
  const job = await api.createJob(new File([new Uint8Array(pdf)], 'roman.pdf'), { engine: 'offline' });
  await expect.poll(async () => (await api.getJob(job.id)).status, { timeout: 60_000 }).toBe('completed');
  expect(readers().sort()).toEqual(practised.sort());
  process.kill(pid, 'SIGINT');
  expect(await start.ended).toBe(0);
  rmSync(dataDir, { recursive: true });
});

test('a wrong configuration stops the start, every value by its name', async () => {
  const env = { PORT: 'abc', MAX_PAGES: '-1', HOST: '0.0.0.0', DATA_DIR: join(tmpdir(), 'never-made') };
  const wrong = runScript(START, [], env);
  expect(await wrong.ended).toBe(1);
  expect(wrong.said()).toMatch(/PORT must be a port number\n.*MAX_PAGES must be a whole number of pages from 1 to/s);
  const open = runScript(START, [], { HOST: '0.0.0.0', NEXTAUTH_SECRET: '', DATA_DIR: env.DATA_DIR });
  expect(await open.ended).toBe(1);
  expect(open.said()).toContain('NEXTAUTH_SECRET must be set when HOST is not a loopback address');
});

const byNpm = [
  { signal: 'SIGTERM', script: 'start', args: [], ready: /^ {2}Open +http.+$/m },
  { signal: 'SIGKILL', script: 'start', args: [], ready: /^ {2}Open +http.+$/m },
  { signal: 'SIGTERM', script: 'engine', args: ['--', '--dev', '--port', '0'], ready: /engine is ready at/ },
  { signal: 'SIGKILL', script: 'engine', args: ['--', '--dev', '--port', '0'], ready: /engine is ready at/ },
] as const;

for (const { signal, script, args, ready } of byNpm)
  test(`npm run ${script} leaves no process behind when npm dies by ${signal}`, async () => {
    const dataDir = makeDataDir();
    const npm = runCommand('npm', ['run', script, ...args], { DATA_DIR: dataDir, PORT: '0' });
    await expect.poll(npm.said, { timeout: 60_000 }).toMatch(ready);
    const { pid } = npm.child;
    if (pid === undefined) throw new Error('it did not start');
    const processes = treeOf(pid);
    expect(processes.length).toBeGreaterThan(4);
    process.kill(pid, signal);
    await expect.poll(() => processes.filter(isAlive), { intervals: [50], timeout: STOP_MS }).toEqual([]);
    expect(existsSync(join(dataDir, 'postgres', 'postmaster.pid'))).toBe(false);
    rmSync(dataDir, { recursive: true });
  });

test('what a shell started in the background goes on without that shell', async () => {
  const dataDir = makeDataDir();
  const command = 'node scripts/setup.mjs scripts/engine.ts --dev --port 0 & echo "pid $!"';
  // Long before the engine is ready, its parent is the first process of the machine.
  const shell = runCommand('sh', ['-c', command], { DATA_DIR: dataDir, npm_lifecycle_script: undefined });
  await expect.poll(shell.said, { timeout: 60_000 }).toMatch(/engine is ready at/);
  const pid = Number(/^pid (\d+)$/m.exec(shell.said())?.[1]);
  const processes = treeOf(pid);
  process.kill(pid, 'SIGTERM');
  await expect.poll(() => processes.filter(isAlive), { intervals: [50], timeout: STOP_MS }).toEqual([]);
  rmSync(dataDir, { recursive: true });
});
