import { isDatabaseAway } from '@/db/persist';
import { env } from '@/lib/env';
import { expectUpload } from '@/lib/pdf/run-pdf-task';
import { removeFile } from '@/lib/storage/store';
import { readUpload, type Upload } from './read-upload';

const MEGABYTE = 1024 * 1024;

/**
 * Reads the form and does the work; when the work fails, the file is gone. Not when the database went away: what was to
 * point to the file may have been written, and if not, a sweep removes it.
 */
export async function withUpload<T>(request: Request, work: (upload: Upload) => Promise<T>): Promise<T> {
  expectUpload();
  const upload = await readUpload(request, env().MAX_UPLOAD_MB * MEGABYTE, removeFile);
  try {
    return await work(upload);
  } catch (error) {
    if (!isDatabaseAway(error)) await removeFile(upload.file.key);
    throw error;
  }
}
