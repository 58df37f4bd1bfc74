import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { buildApp, isBuilt } from './build-app';
import { processIdentity } from './process-identity';

let root = '';
const write = (path: string, text: string) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};
/** In the place of Next, which takes a minute. */
const nextIs = (script: string) => write('node_modules/next/dist/bin/next', script);

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'novel-build-'));
  write('app/page.tsx', 'one');
  write('package-lock.json', '{}');
  nextIs(`require('node:fs').writeFileSync('.next/BUILD_ID', process.argv[2])`);
  mkdirSync(join(root, '.next'));
  expect(isBuilt(root)).toBe(false);
  await buildApp(root).done;
});
afterEach(() => rmSync(root, { recursive: true }));

test('what is built stays built while no source changes', () => {
  expect(isBuilt(root)).toBe(true);
  write('app/page.tsx', 'one');
  write('app/page.test.ts', 'a test');
  write('README.md', 'a document');
  write('.data/file', 'a novel');
  expect(isBuilt(root)).toBe(true);
});

test.each([
  ['another text', 'app/page.tsx', 'two'],
  ['one more file', 'lib/deep/inside/new.ts', ''],
  ['another package', 'package-lock.json', '{ }'],
  ['another setting', 'next.config.ts', ''],
])('%s asks for a new build, and gets it', async (_, path, text) => {
  write(path, text);
  expect(isBuilt(root)).toBe(false);
  await buildApp(root).done;
  expect(isBuilt(root)).toBe(true);
});

test('a file that went away or took another name asks for a new build', async () => {
  rmSync(join(root, 'app/page.tsx'));
  expect(isBuilt(root)).toBe(false);
  write('app/other.tsx', 'one');
  expect(isBuilt(root)).toBe(false);
});

test('a build that failed says why, and does not count, nor does the one before it', async () => {
  nextIs(`console.error('no such module'); process.exit(1)`);
  write('app/page.tsx', 'two');
  await expect(buildApp(root).done).rejects.toThrow('The build failed:\nno such module');
  expect(isBuilt(root)).toBe(false);
  write('app/page.tsx', 'one');
  expect(isBuilt(root)).toBe(false);
});

test('a build that is broken off does not count, whether or not it has begun', async () => {
  write('app/page.tsx', 'two');
  nextIs(`require('node:fs').writeFileSync('begun', ''); setInterval(() => undefined, 1000)`);
  const early = buildApp(root);
  early.cancel();
  await expect(early.done).rejects.toThrow('The build was broken off');
  expect(existsSync(join(root, 'begun'))).toBe(false);
  const late = buildApp(root);
  const waiting = buildApp(root);
  await expect.poll(() => existsSync(join(root, 'begun'))).toBe(true);
  waiting.cancel();
  await expect(waiting.done).rejects.toThrow('The build was broken off');
  late.cancel();
  await expect(late.done).rejects.toThrow('The build failed');
  expect(isBuilt(root)).toBe(false);
});

test('of two who build at once, the second waits for the first and takes what it built', async () => {
  nextIs(`
    const { appendFileSync, writeFileSync } = require('node:fs');
    appendFileSync('builds', 'one ');
    setTimeout(() => writeFileSync('.next/BUILD_ID', process.argv[2]), 300);`);
  write('app/page.tsx', 'two');
  await Promise.all([buildApp(root).done, buildApp(root).done]);
  expect(readFileSync(join(root, 'builds'), 'utf8')).toBe('one ');
  expect(isBuilt(root)).toBe(true);
});

test('who was waiting builds when the first has failed', async () => {
  write('app/page.tsx', 'two');
  nextIs(`
    const { existsSync, writeFileSync } = require('node:fs');
    if (existsSync('tried')) writeFileSync('.next/BUILD_ID', process.argv[2]);
    writeFileSync('tried', '');
    process.exitCode = existsSync('.next/BUILD_ID') ? 0 : 1;`);
  rmSync(join(root, '.next/BUILD_ID'));
  const [first, second] = await Promise.allSettled([buildApp(root).done, buildApp(root).done]);
  expect([first.status, second.status]).toEqual(['rejected', 'fulfilled']);
  expect(isBuilt(root)).toBe(true);
});

test('a build ends with whoever began it, even by kill -9, and the next one is alone', async () => {
  write('app/page.tsx', 'two');
  nextIs(`require('node:fs').writeFileSync('begun', String(process.pid)); setInterval(() => undefined, 1000)`);
  const script = `import { buildApp } from './scripts/start/build-app.ts'; buildApp(${JSON.stringify(root)});`;
  const builder = spawn('node', ['--import', 'tsx', '--input-type=module', '-e', script]);
  await expect.poll(() => existsSync(join(root, 'begun')), { timeout: 20_000 }).toBe(true);
  const pid = Number(readFileSync(join(root, 'begun'), 'utf8'));
  builder.kill('SIGKILL');
  await expect.poll(() => processIdentity(pid), { timeout: 5_000 }).toBeUndefined();
  nextIs(`require('node:fs').writeFileSync('.next/BUILD_ID', process.argv[2])`);
  await buildApp(root).done;
  expect(isBuilt(root)).toBe(true);
});
