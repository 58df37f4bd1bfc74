import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { clockMs } from './clock';

const PREFIX = /^signkey-\w+-/;
const bare = (key: string): string => key.replace(PREFIX, '');

export const isSigningKey = (key: string): boolean => /^([0-9a-f]{2})+$/i.test(bare(key));

/** The value of `x-inngest-signature` for a request body. */
export function sign(body: string, key: string, now = clockMs()): string {
  const seconds = Math.floor(now / 1000);
  const mac = createHmac('sha256', bare(key)).update(`${body}${seconds}`).digest('hex');
  return `t=${seconds}&s=${mac}`;
}

/** What the SDK sends as its bearer token: the key itself never travels. */
export function hashKey(key: string): string {
  const hash = createHash('sha256')
    .update(Buffer.from(bare(key), 'hex'))
    .digest('hex');
  return `${PREFIX.exec(key)?.[0] ?? ''}${hash}`;
}

export function sameSecret(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
