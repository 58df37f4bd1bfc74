import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startS3Server, type Trouble } from '@/e2e/support/s3-server';
import { passingFiles } from '@/lib/storage/passing-files';
import { createStore } from '@/lib/storage/store';
import { type S3Place, s3Backend } from './s3-backend';

let dataDir: string;
let server: Awaited<ReturnType<typeof startS3Server>>;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'novel-s3-test-'));
  server = await startS3Server();
});
afterEach(() => server.make());
afterAll(async () => {
  await server.close();
  await rm(dataDir, { recursive: true });
});

const storeAt = (place: Partial<S3Place> = {}) => createStore({ dataDir, s3: { ...server.place, ...place } });
const TEXT = 'Longtemps, je me suis couché de bonne heure. '.repeat(2_000);
const keep = (store = storeAt()) => store.storeFile(Readable.from([Buffer.from(TEXT)]), 1e6);
const read = (key: string) => storeAt().withFile(key, (path) => readFile(path, 'utf8'));
const passing = () => readdir(join(dataDir, 'files', '.incoming'));
const stored = () => storeAt().removeOrphans(() => false, -60_000);

/** For the first `times` requests of a kind. */
const first = (times: number, method: string, what: ReturnType<Trouble>): Trouble => {
  let seen = 0;
  return (request) => {
    if (request.method !== method) return undefined;
    seen += 1;
    return seen <= times ? what : undefined;
  };
};

describe('in a bucket', () => {
  it('keeps files under a name of their own, by path, and touches nothing else there', async () => {
    server.make();
    const { key } = await keep();
    expect(server.asked()).toEqual([expect.stringMatching(new RegExp(`^PUT /shelf/novels/${key}\\b`))]);
    expect(await stored()).toBe(1);
  });

  it.each(['busy', 'lose the answer'] as const)('stores a file once the trouble (%s) is over', async (trouble) => {
    server.make(first(2, 'PUT', trouble));
    const { key } = await keep();
    expect(server.asked().map((line) => line.split(' ')[0])).toEqual(['PUT', 'PUT', 'PUT']);
    expect(await read(key)).toBe(TEXT);
    expect(await stored()).toBe(1);
  });

  it.each(['busy', 'cut', 'spoil', 'lose the answer'] as const)(
    'lends a whole file once the trouble (%s) is over',
    async (trouble) => {
      const { key } = await keep();
      server.make(first(2, 'GET', trouble));
      expect(await read(key)).toBe(TEXT);
      expect(await passing()).toEqual([]);
      await stored();
    },
  );

  it('does the work once, however often the copy was tried', async () => {
    const { key } = await keep();
    server.make(first(1, 'GET', 'cut'));
    let times = 0;
    const work = storeAt().withFile(key, async () => {
      times += 1;
      throw new Error('the work is undone');
    });
    await expect(work).rejects.toThrow('the work is undone');
    expect(times).toBe(1);
    await stored();
  });

  it('gives up in the end, typed, and leaves nothing on either side', async () => {
    server.make(first(99, 'PUT', 'lose the answer'));
    await expect(keep()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    server.make();
    expect(await stored()).toBe(0);
    const { key } = await keep();
    server.make(first(99, 'GET', 'cut'));
    await expect(read(key)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(await passing()).toEqual([]);
    server.make();
    expect(await stored()).toBe(1);
  });

  it('leaves a file that cannot be removed now to the sweep', async () => {
    const { key } = await keep();
    server.make(first(99, 'DELETE', 'busy'));
    await expect(storeAt().removeFile(key)).resolves.toBeUndefined();
    server.make();
    expect(await stored()).toBe(1);
  });

  it('lists more than fits into one answer', async () => {
    const keys = (await Promise.all([keep(), keep(), keep()])).map(({ key }) => key);
    const backend = s3Backend(server.place, passingFiles(join(dataDir, 'files', '.incoming')), 2);
    const listed: string[] = [];
    for await (const { key } of backend.list()) listed.push(key);
    expect(listed.toSorted()).toEqual(keys.toSorted());
    expect(await stored()).toBe(3);
  });

  it('clears the copies of killed processes before it lends another', async () => {
    const { key } = await keep();
    const left = join(dataDir, 'files', '.incoming', 'left.pdf');
    await writeFile(left, 'half');
    await utimes(left, new Date(), new Date(Date.now() - 2 * 3_600_000));
    await read(key);
    expect(await passing()).toEqual([]);
    await stored();
  });
});

describe('a wrong configuration is named', () => {
  it.each<[string, Partial<S3Place>, string]>([
    ['bucket', { bucket: 'nothing-here' }, 'S3_BUCKET'],
    ['key', { accessKeyId: 'STRANGER' }, 'S3_ACCESS_KEY_ID'],
    ['secret', { secretAccessKey: 'guessed' }, 'S3_SECRET_ACCESS_KEY'],
    ['port', { endpoint: 'http://127.0.0.1:9' }, 'S3_ENDPOINT'],
  ])('%s', async (_, wrong, name) => {
    const refused = storeAt(wrong).checkStorage();
    await expect(refused).rejects.toMatchObject({ code: 'UNAVAILABLE', message: expect.stringContaining(name) });
    await expect(keep(storeAt(wrong))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(await passing()).toEqual([]);
  });

  it('and a server that is silent is given up', async () => {
    const silent = createServer();
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const address = silent.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const asked = storeAt({ endpoint: `http://127.0.0.1:${port}` }).checkStorage();
    await expect(asked).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    silent.close();
  });
});
