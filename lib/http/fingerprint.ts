import { createHash, createHmac } from 'node:crypto';
import { once } from 'node:events';
import busboy from '@fastify/busboy';
import { FORM_LIMITS } from './read-upload';

export interface Fingerprint {
  write(chunk: Uint8Array): Promise<void>;
  /** The same each time; nothing is written after the first. Undefined for a form that could not be read to its end. */
  end(): Promise<string | undefined>;
}

/**
 * What a body says, as it passes by and never whole in memory. A form is its fields and files: the boundary, which every
 * client invents anew, and the order do not count. Keyed, so that a password in it cannot be guessed from the result.
 */
export function fingerprint(contentType: string, key: string): Fingerprint {
  const isForm = contentType.startsWith('multipart/form-data');
  const { write, end } = isForm ? ofForm(contentType, key) : ofText(key);
  let ended: ReturnType<typeof end> | undefined;
  return { write, end: () => (ended ??= end()) };
}

function ofText(key: string): Fingerprint {
  const hash = createHmac('sha256', key);
  return {
    async write(chunk) {
      hash.update(chunk);
    },
    async end() {
      return hash.digest('base64url');
    },
  };
}

function ofForm(contentType: string, key: string): Fingerprint {
  const form = startForm(contentType);
  if (!form) return { write: async () => undefined, end: async () => undefined };
  const parts: string[] = [];
  let isBroken = false;
  form.on('field', (name, value) => parts.push(JSON.stringify([name, sha256(value)])));
  form.on('file', (name, stream, fileName) => {
    const hash = createHash('sha256');
    stream.on('data', (data: Buffer) => hash.update(data));
    stream.on('end', () => parts.push(JSON.stringify([name, fileName ?? '', hash.digest('base64url')])));
    stream.on('error', () => {
      isBroken = true;
    });
  });
  for (const event of ['error', 'fieldsLimit'])
    form.on(event, () => {
      isBroken = true;
    });
  const closed = new Promise<void>((done) => {
    form.once('finish', done);
    form.once('error', () => done());
  });
  return {
    async write(chunk) {
      if (!isBroken && !form.write(chunk)) await Promise.race([once(form, 'drain'), closed]);
    },
    async end() {
      form.end();
      await closed;
      return isBroken ? undefined : createHmac('sha256', key).update(parts.toSorted().join('\n')).digest('base64url');
    },
  };
}

const sha256 = (value: string) => createHash('sha256').update(value).digest('base64url');

function startForm(contentType: string) {
  try {
    return busboy({ headers: { 'content-type': contentType }, limits: FORM_LIMITS });
  } catch {
    return undefined;
  }
}
