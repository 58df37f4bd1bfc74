import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import busboy from '@fastify/busboy';
import { AppError, isAppError } from '@/lib/errors';
import type { StoredFile } from '@/lib/storage/file-backend';
import { tooLarge } from '@/lib/storage/passing-files';
import { storeFile } from '@/lib/storage/store';

export interface Upload {
  file: StoredFile;
  /** The reader's own name for it, without a path. */
  name: string;
  fields: Record<string, string>;
}

const FILE_FIELD = 'pdf_file';
const FORM_OVERHEAD_BYTES = 64 * 1024;
/** Of everything in a form that is held in memory. */
export const FORM_LIMITS = { fields: 30, fieldSize: 4096, files: 2 };

/**
 * Reads a multipart form with one PDF, straight to storage and never whole into memory.
 * Throws UNSUPPORTED_MEDIA_TYPE, FILE_MISSING, FILE_TOO_LARGE, INVALID_INPUT or MALFORMED_REQUEST; then nothing is stored.
 */
export async function readUpload(
  request: Request,
  maxBytes: number,
  discard: (key: string) => Promise<void>,
): Promise<Upload> {
  const type = request.headers.get('content-type') ?? '';
  if (!type.startsWith('multipart/form-data')) {
    throw new AppError('UNSUPPORTED_MEDIA_TYPE', 'Send the novel as multipart/form-data, in the field pdf_file.');
  }
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes + FORM_OVERHEAD_BYTES) throw tooLarge(maxBytes);
  if (!request.body) throw new AppError('FILE_MISSING', 'The request has no body.');

  const stored: Promise<StoredFile>[] = [];
  const fields: Record<string, string> = {};
  let name = '';
  try {
    await parseForm(request.body, type, {
      onField: (field, value) => {
        fields[field] = value;
      },
      onFile: (field, stream, fileName) => {
        if (field !== FILE_FIELD) {
          stream.resume();
          return undefined;
        }
        if (stored.length > 0) return Promise.reject(twoFiles());
        name = fileName;
        const saving = storeFile(stream, maxBytes);
        stored.push(saving);
        return saving;
      },
    });
    const file = await stored[0];
    if (!file) throw new AppError('FILE_MISSING', 'The form has no file in the field pdf_file.');
    return { file, name: baseName(name), fields };
  } catch (error) {
    const kept = await Promise.allSettled(stored);
    for (const result of kept) if (result.status === 'fulfilled') await discard(result.value.key);
    throw error;
  }
}

const twoFiles = () =>
  new AppError('INVALID_INPUT', 'The form has more than one file.', {
    fields: [{ field: FILE_FIELD, message: 'one file only' }],
  });

interface FormHandlers {
  onField: (name: string, value: string) => void;
  onFile: (name: string, stream: Readable, fileName: string) => Promise<unknown> | undefined;
}

function parseForm(body: NonNullable<Request['body']>, contentType: string, handlers: FormHandlers): Promise<void> {
  return new Promise((resolve, reject) => {
    const form = startBusboy(contentType, reject);
    if (!form) return;
    const source = Readable.fromWeb(body as ReadableStream<Uint8Array>);
    const files: Readable[] = [];
    // Whatever goes wrong, the rest of the body is let go: nothing waits for bytes that will not come or that nobody reads.
    const fail = (cause: unknown) => {
      const error = isAppError(cause)
        ? cause
        : new AppError('MALFORMED_REQUEST', 'The form could not be read to its end.', { cause });
      reject(error);
      source.unpipe(form);
      source.destroy();
      for (const file of files) file.destroy(error);
    };
    form.on('field', (name, value) => handlers.onField(name, value));
    form.on('file', (name, stream, fileName) => {
      files.push(stream);
      stream.on('error', fail);
      handlers.onFile(name, stream, fileName ?? '')?.catch(fail);
    });
    form.once('fieldsLimit', () => fail(new AppError('MALFORMED_REQUEST', 'The form has too many fields.')));
    form.once('error', fail);
    form.once('finish', resolve);
    source.once('error', fail);
    source.pipe(form);
  });
}

function startBusboy(contentType: string, reject: (error: unknown) => void) {
  try {
    return busboy({ headers: { 'content-type': contentType }, limits: FORM_LIMITS });
  } catch (error) {
    reject(new AppError('MALFORMED_REQUEST', 'The form could not be read.', { cause: error }));
    return undefined;
  }
}

/** Browsers on Windows once sent whole paths; control characters have no place in a title. */
function baseName(fileName: string): string {
  const last = fileName.normalize('NFC').split(/[\\/]/).at(-1) ?? '';
  return (
    last
      .replace(/\p{Cc}/gu, '')
      .trim()
      .slice(0, 200) || 'novel.pdf'
  );
}
