import { rmSync } from 'node:fs';
import { mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, expect, it, vi } from 'vitest';
import { filePath, removeFile, removeOrphans, storeFile } from './store';

const { dataDir, remove } = await vi.hoisted(async () =>
  (await import('@/db/testing/prepare-environment')).prepareEnvironment(),
);
afterAll(remove);

const HOUR_MS = 60 * 60 * 1000;
const root = join(dataDir, 'files');
const incoming = join(root, '.incoming');
const store = (text: string, maxBytes = 1000) => storeFile(Readable.from([Buffer.from(text)]), maxBytes);
const age = (path: string) => utimes(path, new Date(), new Date(Date.now() - 2 * HOUR_MS));

it('stores a file that only its owner may read, and removes it, twice if need be', async () => {
  const { key, bytes, sha256 } = await store('abc');
  expect(await readFile(filePath(key), 'utf8')).toBe('abc');
  expect((await stat(filePath(key))).mode & 0o777).toBe(0o600);
  expect(bytes).toBe(3);
  expect(sha256).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  await removeFile(key);
  await removeFile(key);
  expect(await readdir(root)).toEqual(['.incoming']);
});

it('leaves nothing of a file that is too large or breaks off', async () => {
  await expect(store('x'.repeat(1001))).rejects.toMatchObject({ code: 'FILE_TOO_LARGE' });
  const broken = Readable.from(
    (async function* () {
      yield Buffer.from('half');
      throw new Error('the line is dead');
    })(),
  );
  await expect(storeFile(broken, 1000)).rejects.toThrow('the line is dead');
  expect(await readdir(incoming)).toEqual([]);
  expect(await readdir(root)).toEqual(['.incoming']);
});

it.each(['../secrets.pdf', '/etc/passwd', 'a/b.pdf', '.incoming', 'x.txt', ''])('takes %j for no key', (key) => {
  expect(() => filePath(key)).toThrow();
});

it('sweeps old files that nobody knows, and uploads that were never finished, and spares the rest', async () => {
  const [known, orphan, young] = [await store('known'), await store('orphan'), await store('young')];
  await writeFile(join(incoming, 'stuck.pdf'), 'half');
  await writeFile(join(incoming, 'coming.pdf'), 'half');
  await mkdir(join(root, 'not-ours'));
  for (const path of [filePath(known.key), filePath(orphan.key), join(incoming, 'stuck.pdf')]) await age(path);
  expect(await removeOrphans((key) => key === known.key, HOUR_MS)).toBe(2);
  expect((await readdir(root)).sort()).toEqual(['.incoming', known.key, young.key, 'not-ours'].sort());
  expect(await readdir(incoming)).toEqual(['coming.pdf']);
});

it('does not mind a file that goes away while it sweeps', async () => {
  const { key } = await store('orphan');
  const goesAway = () => {
    rmSync(filePath(key), { force: true });
    return false;
  };
  expect(await removeOrphans((stored) => stored !== key || goesAway(), HOUR_MS)).toBe(0);
});
