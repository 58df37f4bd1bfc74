import { createHash } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '@/lib/errors';
import { newId } from '@/lib/ids';
import { modifiedMs } from './missing-file';
import { newFile } from './new-file';
import { ofDisk } from './of-disk';

/** No file passes through for as long: an upload in its making is written to, a copy is read within minutes. */
const LEFT_BEHIND_MS = 60 * 60 * 1000;

export interface PassingFile {
  path: string;
  sha256: string;
  bytes: number;
}

/** Files of this machine that pass through: uploads coming in, and copies lent out. */
export function passingFiles(folder: string) {
  /**
   * Writes as it reads, and leaves nothing of a file that it gives up: at the first byte over `maxBytes` (FILE_TOO_LARGE),
   * or when the disk fails (UNAVAILABLE).
   */
  async function receive(
    source: Readable,
    maxBytes = Number.POSITIVE_INFINITY,
    options: { signal?: AbortSignal } = {},
  ): Promise<PassingFile> {
    await ofDisk(mkdir(folder, { recursive: true }));
    const file = path.join(folder, `${newId()}.pdf`);
    const hash = createHash('sha256');
    let bytes = 0;
    const measured = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        bytes += chunk.length;
        if (bytes > maxBytes) return done(tooLarge(maxBytes));
        hash.update(chunk);
        done(null, chunk);
      },
    });
    try {
      await pipeline(source, measured, newFile(file), options);
    } catch (error) {
      await discard(file);
      throw error;
    }
    return { path: file, sha256: hash.digest('hex'), bytes };
  }

  const discard = (file: string): Promise<void> => ofDisk(rm(file, { force: true }));

  /** Removes what killed processes left. Returns how many. */
  async function clear(olderThanMs = LEFT_BEHIND_MS): Promise<number> {
    await mkdir(folder, { recursive: true });
    let removed = 0;
    for (const name of await readdir(folder)) {
      const modified = await modifiedMs(path.join(folder, name));
      if (modified === undefined || Date.now() - modified < olderThanMs) continue;
      await discard(path.join(folder, name));
      removed += 1;
    }
    return removed;
  }

  return { receive, discard, clear };
}
export type PassingFiles = ReturnType<typeof passingFiles>;

export const tooLarge = (maxBytes: number) =>
  new AppError('FILE_TOO_LARGE', `The file is larger than ${Math.floor(maxBytes / 1024 / 1024)} MB. Nothing was kept.`);
