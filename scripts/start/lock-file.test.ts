import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findLockHolder, takeLock } from './lock-file';
import { processIdentity } from './process-identity';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'novel-lock-'));
  path = join(folder, 'lock');
});

afterEach(() => rmSync(folder, { recursive: true }));

async function take() {
  const lock = await takeLock(path);
  if ('holder' in lock) throw new Error(`held by ${lock.holder.pid}`);
  return lock;
}

test('a lock is taken once, tells where its holder is found, and can be taken again after its release', async () => {
  const lock = await take();
  lock.publish('http://127.0.0.1:3000');
  expect(await takeLock(path)).toEqual({ holder: expect.objectContaining({ url: 'http://127.0.0.1:3000' }) });
  lock.release();
  expect(readdirSync(folder)).toEqual([]);
  (await take()).release();
});

test('a lock whose process was killed is taken over', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)']);
  const pid = child.pid ?? 0;
  writeFileSync(path, JSON.stringify({ pid, identity: processIdentity(pid) }));
  expect(findLockHolder(path)?.pid).toBe(pid);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(findLockHolder(path)).toBeUndefined();
  (await take()).release();
});

test('a lock whose pid belongs to another process by now is taken over', async () => {
  writeFileSync(path, JSON.stringify({ pid: process.pid, identity: 'an earlier life' }));
  (await take()).release();
});

test('a lock that was cut off while being written is taken over', async () => {
  writeFileSync(path, '{"pid": 12');
  (await take()).release();
});
