import { randomBytes } from 'node:crypto';
import { clockMs } from './clock';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const RANDOM_BITS = 80n;

function encode(value: bigint): string {
  let text = '';
  for (let rest = value, i = 0; i < 26; i++, rest >>= 5n) text = ALPHABET[Number(rest & 31n)] + text;
  return text;
}

const random = (bytes: Buffer): bigint => BigInt(`0x${bytes.toString('hex')}`);

let last = 0n;

/** A ULID greater than any this process made before. */
export function newUlid(now = clockMs()): string {
  const fresh = (BigInt(now) << RANDOM_BITS) | random(randomBytes(10));
  last = fresh > last ? fresh : last + 1n;
  return encode(last);
}

/** No ULID made at `ms` or later is smaller. */
export const firstUlidOf = (ms: number): string => encode(BigInt(ms) << RANDOM_BITS);

/** The same ULIDs, in order, for the same seed (`<ms>,<base64 of ten bytes>`): an event posted twice is stored once. */
export function ulidsFromSeed(seed: string, count: number): string[] | undefined {
  const [ms = '', entropy = ''] = seed.split(',');
  const bytes = Buffer.from(entropy, 'base64');
  if (!/^\d{1,14}$/.test(ms) || bytes.length !== 10) return undefined;
  // The first bit is dropped, so that counting up from here never overflows.
  const first = (BigInt(ms) << RANDOM_BITS) | (random(bytes) >> 1n);
  return Array.from({ length: count }, (_, index) => encode(first + BigInt(index)));
}
