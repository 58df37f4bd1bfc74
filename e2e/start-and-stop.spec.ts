import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { treeOf } from './support/app';
import { runScript } from './support/run-script';
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

test('a second start on the same data says where the first one is, and leaves it alone', async ({ app }) => {
  const second = runScript(START, [], { DATA_DIR: app.dataDir, PORT: '0' });
  expect(await second.ended).toBe(1);
  expect(second.said()).toContain(`Already running on ${app.dataDir}: ${app.url}`);
  expect((await fetch(`${app.url}/api/health/ready`)).status).toBe(200);
});

test('a port that is taken is stepped over, and Ctrl-C leaves no process behind', async ({ app }) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'novel-start-'));
  // As root, the database runs as a user who must be able to pass.
  chmodSync(dataDir, 0o711);
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

test('a wrong configuration stops the start, every value by its name', async () => {
  const env = { PORT: 'abc', MAX_PAGES: '-1', HOST: '0.0.0.0', DATA_DIR: join(tmpdir(), 'never-made') };
  const wrong = runScript(START, [], env);
  expect(await wrong.ended).toBe(1);
  expect(wrong.said()).toMatch(/PORT must be a port number\n.*MAX_PAGES must be a whole number of pages from 1 to/s);
  const open = runScript(START, [], { HOST: '0.0.0.0', NEXTAUTH_SECRET: '', DATA_DIR: env.DATA_DIR });
  expect(await open.ended).toBe(1);
  expect(open.said()).toContain('NEXTAUTH_SECRET must be set when HOST is not a loopback address');
});
