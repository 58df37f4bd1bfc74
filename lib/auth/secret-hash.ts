import { createHash, randomBytes } from 'node:crypto';

/** 256 bits, so that a plain fast hash is enough at rest. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');
