import { readdirSync } from 'node:fs';
import { open as openFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { isAppError } from '@/lib/errors';
import { toBody } from '@/lib/exports/to-body';
import { removeFile } from '@/lib/storage/store';
import { withUpload } from './with-upload';

/** What the disk refuses, as the system would say it. */
const disk = vi.hoisted((): { refuses?: 'write' | 'open' | 'rename' | undefined } => ({}));
const environment = await vi.hoisted(async () =>
  (await import('@/db/testing/prepare-environment')).prepareEnvironment(),
);

vi.mock('node:fs/promises', async (original) => {
  const fs = await original<typeof import('node:fs/promises')>();
  const full = (syscall: string) =>
    Object.assign(new Error(`ENOSPC: no space left on device, ${syscall}`), { code: 'ENOSPC', errno: -28, syscall });
  const open: typeof fs.open = async (path, ...more) => {
    if (disk.refuses === 'open') throw full('open');
    const file = await fs.open(path, ...more);
    if (disk.refuses !== 'write') return file;
    await file.close();
    // The kernel's own full disk.
    return fs.open('/dev/full', 'w');
  };
  const rename: typeof fs.rename = (from, to) =>
    disk.refuses === 'rename' ? Promise.reject(full('rename')) : fs.rename(from, to);
  return { ...fs, open, rename };
});

afterEach(() => {
  disk.refuses = undefined;
});
afterAll(environment.remove);

/** A form whose end comes late, as over a network. */
async function upload(bytes: number): Promise<Request> {
  const form = new FormData();
  form.append('pdf_file', new File([new Uint8Array(bytes)], 'novel.pdf'));
  const wire = new Response(form);
  const sent = await wire.bytes();
  async function* body() {
    yield sent.subarray(0, -5);
    await sleep(50);
    yield sent.subarray(-5);
  }
  const headers = { 'content-type': wire.headers.get('content-type') ?? '' };
  const init = { method: 'POST', headers, body: toBody(body()), duplex: 'half' };
  return new Request('http://localhost/api/v1/jobs', init);
}
const kept = () =>
  readdirSync(join(environment.dataDir, 'files'), { recursive: true }).filter((name) => String(name).endsWith('.pdf'));

describe.runIf(process.platform === 'linux')('a disk that is full', () => {
  it('is one here', async () => {
    disk.refuses = 'write';
    const file = await openFile(join(environment.dataDir, 'any'), 'w');
    await expect(file.writeFile('x')).rejects.toMatchObject({ code: 'ENOSPC' });
    await file.close();
  });

  it.each([
    ['write', 10],
    ['write', 3_000_000],
    ['open', 10],
    ['open', 3_000_000],
    ['rename', 10],
  ] as const)(
    'that refuses to %s a novel of %i bytes is our fault, may pass, and leaves nothing',
    async (what, bytes) => {
      disk.refuses = what;
      const failed = await withUpload(await upload(bytes), async () => 'done').catch((error: unknown) => error);
      expect(failed).toMatchObject({ code: 'UNAVAILABLE', cause: { code: 'ENOSPC' } });
      expect(isAppError(failed) && failed.kind).toMatchObject({ status: 503, retryable: true, reportable: true });
      await expect.poll(kept).toEqual([]);

      disk.refuses = undefined;
      const size = await withUpload(await upload(bytes), async ({ file }) => {
        await removeFile(file.key);
        return file.bytes;
      });
      expect(size).toBe(bytes);
    },
  );
});
