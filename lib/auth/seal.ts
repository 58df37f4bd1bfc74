import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { authSecret } from './auth-secret';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** `key` makes it readable only to whoever brings it again; the server's secret, that it is worth nothing elsewhere. */
const keyOf = (key: string) => new Uint8Array(hkdfSync('sha256', authSecret(), key, 'seal', 32));

/** AES-256-GCM: nonce, tag, text. */
export function seal(plain: string, key: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keyOf(key), nonce);
  const sealed = [cipher.update(plain, 'utf8'), cipher.final()];
  return Buffer.concat([nonce, cipher.getAuthTag(), ...sealed]);
}

/** Throws for another key, another secret of the server, or a changed byte. */
export function unseal(sealed: Buffer, key: string): string {
  const nonce = sealed.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', keyOf(key), nonce);
  decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  return decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
}
