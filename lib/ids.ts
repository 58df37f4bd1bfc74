import { randomFillSync } from 'node:crypto';
import { monotonicFactory } from 'ulidx';

const bytes = Buffer.alloc(4096);
let at = bytes.length;

/** Between 0 and 1, from the system's random bytes, which are asked for many at a time. */
function random(): number {
  if (at === bytes.length) {
    randomFillSync(bytes);
    at = 0;
  }
  const value = bytes.readUInt32LE(at) / 2 ** 32;
  at += 4;
  return value;
}

const ulid = monotonicFactory(random);

/** A lower-case ULID: 26 characters that sort by the time they were made. */
export const newId = (): string => ulid().toLowerCase();
