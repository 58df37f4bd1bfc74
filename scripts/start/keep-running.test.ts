import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type KeptChild, keepRunning } from './keep-running';
import { processIdentity } from './process-identity';

let folder: string;
let child: KeptChild | undefined;
const said: string[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'novel-child-'));
  said.length = 0;
});

afterEach(async () => {
  await child?.stop(1_000);
  rmSync(folder, { recursive: true });
});

const logFile = () => join(folder, 'child.log');
const log = () => readFileSync(logFile(), 'utf8');
const pids = () => [...log().matchAll(/^pid (\d+)$/gm)].map(([, pid]) => Number(pid));

/** Runs a few lines of JavaScript; it is ready when it has written its pid. */
function run(script: string): KeptChild {
  child = keepRunning({
    name: 'The child',
    args: ['-e', `console.log('pid ' + process.pid);${script}`],
    env: process.env,
    logFile: logFile(),
    isReady: () => Promise.resolve(pids().length > 0),
    say: (line) => said.push(line),
  });
  return child;
}

test('a child that is killed is started again, and it is said', async () => {
  await run('setInterval(() => 0, 1000)').ready();
  const [first = 0] = pids();
  process.kill(first, 'SIGKILL');
  await vi.waitFor(() => expect(pids()).toHaveLength(2), 5_000);
  expect(said).toEqual(['The child ended (SIGKILL) and is started again']);
});

test('a child that ends before it is ready fails the start with the end of its log', async () => {
  child = keepRunning({
    name: 'The child',
    args: ['-e', `console.log('no such table'); process.exit(3)`],
    env: process.env,
    logFile: logFile(),
    isReady: () => Promise.resolve(false),
    say: (line) => said.push(line),
  });
  await expect(child.ready()).rejects.toThrow(/The child did not start.*no such table/s);
  expect(said).toEqual([]);
});

test('stopping ends a deaf child and its own children, for good', async () => {
  const grandchild = `require('child_process').spawn(process.execPath, ['-e', "console.log('pid ' + process.pid); setInterval(() => 0, 1000)"], { stdio: 'inherit' });`;
  await run(`process.on('SIGTERM', () => 0); setInterval(() => 0, 1000); ${grandchild}`).ready();
  await vi.waitFor(() => expect(pids()).toHaveLength(2), 5_000);
  await child?.stop(100);
  await vi.waitFor(() => expect(pids().map(processIdentity)).toEqual([undefined, undefined]), 2_000);
  expect(said).toEqual([]);
});
