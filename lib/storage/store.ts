import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { newId } from '@/lib/ids';

export interface StoredFile {
  key: string;
  sha256: string;
  bytes: number;
}

const INCOMING = '.incoming';
const root = () => path.resolve(env().DATA_DIR, 'files');
/** Keys are made here, never by a reader; a stray one must still not leave the folder. */
const KEY = /^[a-z0-9]+\.pdf$/;

/** Where a file lies on this machine. */
export function filePath(key: string): string {
  if (!KEY.test(key)) throw new AppError('INTERNAL', undefined, { cause: new Error('not a storage key') });
  return path.join(root(), key);
}

/** Writes as it reads; a file over `maxBytes` is given up at the first byte too many (FILE_TOO_LARGE) and leaves nothing. */
export async function storeFile(source: Readable, maxBytes: number): Promise<StoredFile> {
  const incoming = path.join(root(), INCOMING);
  await mkdir(incoming, { recursive: true });
  const key = `${newId()}.pdf`;
  const unfinished = path.join(incoming, key);
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
    await pipeline(source, measured, createWriteStream(unfinished, { flags: 'wx', mode: 0o600 }));
    await rename(unfinished, filePath(key));
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
  return { key, sha256: hash.digest('hex'), bytes };
}

export const removeFile = (key: string): Promise<void> => rm(filePath(key), { force: true });

/** Removes files that no novel refers to; `olderThanMs` spares uploads that are just coming in. Returns how many. */
export async function removeOrphans(isReferenced: (key: string) => boolean, olderThanMs: number): Promise<number> {
  await mkdir(path.join(root(), INCOMING), { recursive: true });
  const stored = (await readdir(root())).filter((name) => KEY.test(name) && !isReferenced(name));
  const unfinished = (await readdir(path.join(root(), INCOMING))).map((name) => path.join(INCOMING, name));
  let removed = 0;
  for (const name of [...stored, ...unfinished]) {
    const file = path.join(root(), name);
    const modified = await modifiedMs(file);
    if (modified === undefined || Date.now() - modified < olderThanMs) continue;
    await rm(file, { force: true });
    removed += 1;
  }
  return removed;
}

/** Undefined for a file that is gone: an upload that was finished, or a novel that was deleted, since the listing. */
async function modifiedMs(file: string): Promise<number | undefined> {
  try {
    return (await stat(file)).mtimeMs;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

export const tooLarge = (maxBytes: number) =>
  new AppError('FILE_TOO_LARGE', `The file is larger than ${Math.floor(maxBytes / 1024 / 1024)} MB. Nothing was kept.`);
