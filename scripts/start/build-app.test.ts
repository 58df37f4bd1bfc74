import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { buildApp, isBuilt } from './build-app';

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
  await expect(buildApp(root).done).rejects.toThrow('The build failed:\nno such module');
  expect(isBuilt(root)).toBe(false);
});

test('a build that is broken off does not count', async () => {
  nextIs('setInterval(() => undefined, 1000)');
  const build = buildApp(root);
  build.cancel();
  await expect(build.done).rejects.toThrow('The build failed');
  expect(isBuilt(root)).toBe(false);
});
