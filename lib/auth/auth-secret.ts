import { env } from '@/lib/env';

/** `npm start` generates one where none is configured; without it nothing is signed. */
export function authSecret(): string {
  const { NEXTAUTH_SECRET } = env();
  if (!NEXTAUTH_SECRET) throw new Error('NEXTAUTH_SECRET is not set; `npm start` sets it for the app');
  return NEXTAUTH_SECRET;
}
