import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { removeFile } from '@/lib/storage/store';
import { readUpload } from './read-upload';

const { dataDir, remove } = await vi.hoisted(async () =>
  (await import('@/db/testing/prepare-environment')).prepareEnvironment(),
);
afterAll(remove);

const MEGABYTE = 1024 * 1024;
const BOUNDARY = 'x-boundary-x';
const files = () => {
  const root = join(dataDir, 'files');
  if (!existsSync(root)) return [];
  return readdirSync(root, { recursive: true }).filter((name) => name !== '.incoming');
};

const read = (request: Request, maxBytes = MEGABYTE) => readUpload(request, maxBytes, removeFile);
const post = (body: BodyInit, headers: Record<string, string> = {}) => {
  const init: RequestInit & { duplex: 'half' } = { method: 'POST', body, headers, duplex: 'half' };
  return new Request('http://localhost/api/v1/jobs', init);
};
/** A browser's form, as the bytes that go over the wire. */
const form = async (fill: (data: FormData) => void) => {
  const data = new FormData();
  fill(data);
  const wire = new Response(data);
  const bytes = await wire.bytes();
  return streamed(
    function* () {
      for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
    },
    { 'content-type': wire.headers.get('content-type') ?? '' },
  );
};
const pdf = (text: string, name = 'novel.pdf') => new File([text], name, { type: 'application/pdf' });

const MULTIPART = { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` };
const HEAD = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="pdf_file"; filename="novel.pdf"\r\nContent-Type: application/pdf\r\n\r\n`;
const TAIL = `\r\n--${BOUNDARY}--\r\n`;

/** A body that is made as it is read. */
function streamed(parts: () => Generator<string | Uint8Array>, headers: Record<string, string> = MULTIPART): Request {
  const source = parts();
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const { value, done } = source.next();
      if (done) return controller.close();
      controller.enqueue(typeof value === 'string' ? encoder.encode(value) : value);
    },
  });
  return post(body, headers);
}

it('stores the file and hands on the fields', async () => {
  const { file, name, fields } = await read(
    await form((data) => {
      data.set('engine', 'offline');
      data.set('pdf_file', pdf('%PDF content', 'Ma vie.pdf'));
      data.set('sentence_length_limit', '12');
    }),
  );
  expect(name).toBe('Ma vie.pdf');
  expect(fields).toEqual({ engine: 'offline', sentence_length_limit: '12' });
  expect(file.bytes).toBe(12);
  expect(file.sha256).toBe(createHash('sha256').update('%PDF content').digest('hex'));
  expect(readFileSync(join(dataDir, 'files', file.key), 'utf8')).toBe('%PDF content');
  await removeFile(file.key);
  expect(files()).toEqual([]);
});

it.each([
  ['L’Étranger à Œuvres — été.pdf', 'L’Étranger à Œuvres — été.pdf'],
  ['e\u0301te\u0301.pdf', 'été.pdf'],
  ['小説.pdf', '小説.pdf'],
  ['C:\\Users\\me\\livre.pdf', 'livre.pdf'],
  ['../../etc/passwd', 'passwd'],
  ['  blank\u0007bell.pdf ', 'blankbell.pdf'],
  ['a'.repeat(300), 'a'.repeat(200)],
])('takes the name %j for %j', async (given, name) => {
  const upload = await read(await form((data) => data.set('pdf_file', pdf('%PDF', given))));
  await removeFile(upload.file.key);
  expect(upload.name).toBe(name);
});

it.each([
  ['has no file', () => form((data) => data.set('engine', 'offline')), 'FILE_MISSING'],
  ['has its file elsewhere', () => form((data) => data.set('file', pdf('%PDF'))), 'FILE_MISSING'],
  ['has text for a file', () => form((data) => data.set('pdf_file', 'text')), 'FILE_MISSING'],
  ['has no body', () => new Request('http://localhost/', { method: 'POST', headers: MULTIPART }), 'FILE_MISSING'],
  [
    'has two novels',
    () => form((data) => ['1', '2'].map((text) => data.append('pdf_file', pdf(text)))),
    'INVALID_INPUT',
  ],
  ['is JSON', () => post('{}', { 'content-type': 'application/json' }), 'UNSUPPORTED_MEDIA_TYPE'],
  ['has no boundary', () => post('x', { 'content-type': 'multipart/form-data' }), 'MALFORMED_REQUEST'],
  ['is not what it says', () => post('no parts at all', MULTIPART), 'MALFORMED_REQUEST'],
  ['breaks off in the file', () => post(`${HEAD}%PDF half of`, MULTIPART), 'MALFORMED_REQUEST'],
  ['breaks off in a header', () => post(HEAD.slice(0, 60), MULTIPART), 'MALFORMED_REQUEST'],
  [
    'has too many fields',
    () =>
      form((data) => {
        data.set('pdf_file', pdf('%PDF'));
        for (let i = 0; i < 40; i += 1) data.set(`field${i}`, 'x');
      }),
    'MALFORMED_REQUEST',
  ],
  [
    'is cut off by the sender',
    () =>
      streamed(function* () {
        yield HEAD;
        yield new Uint8Array(100_000);
        throw new Error('the connection is gone');
      }),
    'MALFORMED_REQUEST',
  ],
  ['declares too much', () => post('x', { ...MULTIPART, 'content-length': String(2 * MEGABYTE) }), 'FILE_TOO_LARGE'],
  ['holds too much', () => form((data) => data.set('pdf_file', pdf('x'.repeat(MEGABYTE + 1)))), 'FILE_TOO_LARGE'],
])('refuses a form that %s, and keeps nothing', async (_, make, code) => {
  await expect(read(await make())).rejects.toMatchObject({ code });
  await expect.poll(files).toEqual([]);
});

it('takes a file of exactly the size that is allowed', async () => {
  const { file } = await read(await form((data) => data.set('pdf_file', pdf('x'.repeat(MEGABYTE)))));
  await removeFile(file.key);
  expect(file.bytes).toBe(MEGABYTE);
});

it('reads no further than the limit', async () => {
  let sent = 0;
  const request = streamed(function* () {
    yield HEAD;
    for (;;) {
      sent += 1;
      yield new Uint8Array(64 * 1024);
    }
  });
  await expect(read(request)).rejects.toMatchObject({ code: 'FILE_TOO_LARGE' });
  expect(sent * 64).toBeLessThan(4 * 1024);
  expect(files()).toEqual([]);
});

it('needs a few megabytes of memory for a file of 200', async () => {
  const piece = new Uint8Array(256 * 1024);
  let peak = 0;
  const request = streamed(function* () {
    yield HEAD;
    for (let i = 0; i < 800; i += 1) {
      peak = Math.max(peak, process.memoryUsage.rss());
      yield piece;
    }
    yield TAIL;
  });
  const before = process.memoryUsage.rss();
  const { file } = await read(request, 300 * MEGABYTE);
  await removeFile(file.key);
  expect(file.bytes).toBe(200 * MEGABYTE);
  expect((peak - before) / MEGABYTE).toBeLessThan(60);
});
