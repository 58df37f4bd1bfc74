import { randomBytes } from 'node:crypto';
import { seal, unseal } from '@/lib/auth/seal';

const SECRET_BYTES = 32;
const keyOf = (webhookId: string) => `webhook ${webhookId}`;

export const newSecret = (): string => `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;

/** The database alone signs nothing: it takes the server's secret, too. */
export const sealSecret = (webhookId: string, secret: string): string =>
  seal(secret, keyOf(webhookId)).toString('base64');

export const unsealSecret = (webhookId: string, sealed: string): string =>
  unseal(Buffer.from(sealed, 'base64'), keyOf(webhookId));
