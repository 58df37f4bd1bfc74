import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startS3Server } from '@/e2e/support/s3-server';
import { createStore } from './store';

const HOUR_MS = 60 * 60 * 1000;
/** Everything is older than this. */
const ANY_AGE = -HOUR_MS;
const NOBODY = () => false;

let dataDir: string;
let s3: Awaited<ReturnType<typeof startS3Server>>;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'novel-store-'));
  s3 = await startS3Server();
});
afterAll(async () => {
  await s3.close();
  await rm(dataDir, { recursive: true });
});

const files = () => join(dataDir, 'files');
const passing = () => readdir(join(files(), '.incoming'));

describe.each(['disk', 's3'] as const)('a store on %s', (kind) => {
  const store = () => createStore({ dataDir, s3: kind === 's3' ? s3.place : undefined });
  const keep = (text: string, maxBytes = 1000) => store().storeFile(Readable.from([Buffer.from(text)]), maxBytes);
  const read = (key: string) => store().withFile(key, (path) => readFile(path, 'utf8'));

  it('says that it is there', async () => {
    await expect(store().checkStorage()).resolves.toBeUndefined();
  });

  it('lends what it was given, and removes it, twice if need be', async () => {
    const { key, bytes, sha256 } = await keep('abc');
    expect([bytes, sha256]).toEqual([3, createHash('sha256').update('abc').digest('hex')]);
    expect(await read(key)).toBe('abc');
    await store().removeFile(key);
    await store().removeFile(key);
    await expect(read(key)).rejects.toMatchObject({ code: 'FILE_EXPIRED' });
    expect(await passing()).toEqual([]);
  });

  it('lends a file that only its owner may read, and holds on to nothing when the work fails', async () => {
    const { key } = await keep('abc');
    const work = store().withFile(key, async (path) => {
      expect((await stat(path)).mode & 0o777).toBe(0o600);
      throw new Error('the work is undone');
    });
    await expect(work).rejects.toThrow('the work is undone');
    expect(await passing()).toEqual([]);
    await store().removeFile(key);
  });

  it('gives a large file back byte by byte', async () => {
    const piece = Buffer.alloc(1024 * 1024, 'novel');
    const { key, sha256, bytes } = await store().storeFile(Readable.from(Array(20).fill(piece)), 50e6);
    expect(bytes).toBe(20 * piece.length);
    const back = await store().withFile(key, async (path) =>
      createHash('sha256')
        .update(await readFile(path))
        .digest('hex'),
    );
    expect(back).toBe(sha256);
    await store().removeFile(key);
  });

  it('leaves nothing of a file that is too large or breaks off', async () => {
    await expect(keep('x'.repeat(1001))).rejects.toMatchObject({ code: 'FILE_TOO_LARGE' });
    const broken = Readable.from(
      (async function* () {
        yield Buffer.from('half');
        throw new Error('the line is dead');
      })(),
    );
    await expect(store().storeFile(broken, 1000)).rejects.toThrow('the line is dead');
    expect(await passing()).toEqual([]);
    expect(await store().removeOrphans(NOBODY, ANY_AGE)).toBe(0);
  });

  it.each(['../secrets.pdf', '/etc/passwd', 'a/b.pdf', '.incoming', 'x.txt', ''])(
    'takes %j for no key',
    async (key) => {
      await expect(read(key)).rejects.toMatchObject({ code: 'INTERNAL' });
      await expect(store().removeFile(key)).rejects.toMatchObject({ code: 'INTERNAL' });
    },
  );

  it('sweeps what nobody refers to, but not what is young', async () => {
    const [known, orphan] = [await keep('known'), await keep('orphan')];
    const isKnown = (key: string) => key === known.key;
    expect(await store().removeOrphans(isKnown, HOUR_MS)).toBe(0);
    expect(await read(orphan.key)).toBe('orphan');
    expect(await store().removeOrphans(isKnown, ANY_AGE)).toBe(1);
    expect(await read(known.key)).toBe('known');
    await expect(read(orphan.key)).rejects.toMatchObject({ code: 'FILE_EXPIRED' });
    await store().removeFile(known.key);
  });

  it('does not mind a file that goes away while it sweeps', async () => {
    const { key } = await keep('orphan');
    await keep('another');
    let gone: Promise<void> | undefined;
    const goesAway = () => {
      gone ??= store().removeFile(key);
      return false;
    };
    await store().removeOrphans(goesAway, ANY_AGE);
    await gone;
    expect(await store().removeOrphans(NOBODY, ANY_AGE)).toBe(0);
  });

  it('sweeps what killed processes left on the way, and nothing else of the folder', async () => {
    const [stuck, coming] = ['stuck.pdf', 'coming.pdf'].map((name) => join(files(), '.incoming', name));
    await writeFile(String(stuck), 'half');
    await writeFile(String(coming), 'half');
    await mkdir(join(files(), 'not-ours'), { recursive: true });
    await utimes(String(stuck), new Date(), new Date(Date.now() - 2 * HOUR_MS));
    expect(await store().removeOrphans(NOBODY, HOUR_MS)).toBe(1);
    expect(await passing()).toEqual(['coming.pdf']);
    expect(existsSync(join(files(), 'not-ours'))).toBe(true);
    await rm(String(coming));
  });
});
