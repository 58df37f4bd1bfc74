import { createHash } from 'node:crypto';
import { z } from 'zod';

/** A row of an index of PostgreSQL holds 2,700 bytes: two keys, or an id beside that of a function, stay below. */
const MAX_KEY_BYTES = 512;

/** A name or an id from outside. PostgreSQL keeps any character within JSON, but in text neither zero nor half a pair. */
export const Label = z
  .string()
  .max(512)
  .regex(/^[^\0\p{Cs}]*$/u, 'must not contain a null character, nor half of a surrogate pair');

/** A key as it can be indexed: itself, or if it is long its hash. */
export const indexable = (key: string): string =>
  Buffer.byteLength(key) <= MAX_KEY_BYTES ? key : `sha256:${createHash('sha256').update(key).digest('hex')}`;
