import path from 'node:path';
import type { Readable } from 'node:stream';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { newId } from '@/lib/ids';
import { log } from '@/lib/log';
import { diskBackend } from './disk-backend';
import { type FileBackend, isKey, type StoredFile } from './file-backend';
import { passingFiles } from './passing-files';
import { type S3Place, s3Backend } from './s3/s3-backend';

export interface StorePlace {
  /** For files that pass through, and, without `s3`, for those that stay. */
  dataDir: string;
  s3?: S3Place | undefined;
}

/** Uploaded novels: in a bucket that all machines share, or else on the disk of this one. */
export function createStore({ dataDir, s3 }: StorePlace) {
  const root = path.resolve(dataDir, 'files');
  const passing = passingFiles(path.join(root, '.incoming'));
  const backend: FileBackend = s3 ? s3Backend(s3, passing) : diskBackend(root);
  const known = (key: string) => {
    if (!isKey(key)) throw new AppError('INTERNAL', undefined, { cause: new Error('not a storage key') });
    return key;
  };

  return {
    /** Whole or not at all. Throws FILE_TOO_LARGE at the first byte too many, UNAVAILABLE when the storage is away. */
    storeFile: async (source: Readable, maxBytes: number): Promise<StoredFile> => {
      const { path: received, sha256, bytes } = await passing.receive(source, maxBytes);
      try {
        const file = { key: `${newId()}.pdf`, sha256, bytes };
        await backend.keep(received, file);
        return file;
      } finally {
        await passing.discard(received);
      }
    },

    /** Lends a path on this machine for as long as `work` takes. Throws FILE_EXPIRED or UNAVAILABLE. */
    withFile: async <T>(key: string, work: (path: string) => Promise<T>): Promise<T> => backend.lend(known(key), work),

    /** Where the storage is away, the sweep will find that nobody refers to the file. */
    removeFile: async (key: string): Promise<void> =>
      backend.remove(known(key)).catch((error: unknown) => {
        log.warn({ err: error }, 'a file could not be removed; the sweep will');
      }),

    /** Removes files that no novel refers to; `olderThanMs` spares uploads that are just coming in. Returns how many. */
    removeOrphans: async (isReferenced: (key: string) => boolean, olderThanMs: number): Promise<number> => {
      let removed = await passing.clear(olderThanMs);
      for await (const { key, modifiedMs } of backend.list()) {
        if (isReferenced(key) || Date.now() - modifiedMs < olderThanMs) continue;
        await backend.remove(key);
        removed += 1;
      }
      return removed;
    },

    /** Throws UNAVAILABLE with a sentence that names what is wrong. */
    checkStorage: () => backend.check(),
  };
}

type Store = ReturnType<typeof createStore>;

let configured: Store | undefined;

/** The store of this process, as configured. */
function store(): Store {
  configured ??= createStore(placeOf(env()));
  return configured;
}

export function placeOf(variables: ReturnType<typeof env>): StorePlace {
  const { DATA_DIR: dataDir, S3_ENDPOINT: endpoint, S3_BUCKET: bucket, S3_REGION: region } = variables;
  const { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = variables;
  if (!endpoint || !bucket || !region || !accessKeyId || !secretAccessKey) return { dataDir };
  return { dataDir, s3: { endpoint, bucket, region, accessKeyId, secretAccessKey } };
}

export const storeFile: Store['storeFile'] = (source, maxBytes) => store().storeFile(source, maxBytes);
export const withFile: Store['withFile'] = (key, work) => store().withFile(key, work);
export const removeFile: Store['removeFile'] = (key) => store().removeFile(key);
export const removeOrphans: Store['removeOrphans'] = (isReferenced, olderThanMs) =>
  store().removeOrphans(isReferenced, olderThanMs);
export const checkStorage: Store['checkStorage'] = () => store().checkStorage();
