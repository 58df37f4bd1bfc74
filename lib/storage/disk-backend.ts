import { constants } from 'node:fs';
import { access, mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@/lib/errors';
import { type FileBackend, isKey } from './file-backend';
import { isMissing, modifiedMs } from './missing-file';
import { ofDisk } from './of-disk';

/** Files in a folder of this machine. */
export function diskBackend(root: string): FileBackend {
  const pathOf = (key: string) => path.join(root, key);

  async function* list() {
    await mkdir(root, { recursive: true });
    for (const key of (await readdir(root)).filter(isKey)) {
      const modified = await modifiedMs(pathOf(key));
      if (modified !== undefined) yield { key, modifiedMs: modified };
    }
  }

  return {
    keep: (from, { key }) => ofDisk(rename(from, pathOf(key))),
    lend: async (key, work) => {
      await access(pathOf(key)).catch((cause: unknown) => {
        if (!isMissing(cause)) throw cause;
        throw new AppError('FILE_EXPIRED', 'The uploaded file is no longer kept.', { cause });
      });
      return work(pathOf(key));
    },
    remove: (key) => rm(pathOf(key), { force: true }),
    list,
    check: async () => {
      try {
        await mkdir(root, { recursive: true });
        await access(root, constants.R_OK | constants.W_OK);
      } catch (cause) {
        throw new AppError('UNAVAILABLE', 'DATA_DIR cannot be written to.', { cause });
      }
    },
  };
}
