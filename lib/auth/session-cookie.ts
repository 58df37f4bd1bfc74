import { encode } from 'next-auth/jwt';
import { env } from '@/lib/env';
import { nowSeconds } from './access-token';
import { authSecret } from './auth-secret';

export const SESSION_SECONDS = 30 * 24 * 60 * 60;
const NAME = 'next-auth.session-token';
const SECURE_NAME = `__Secure-${NAME}`;
export const SESSION_COOKIES = [SECURE_NAME, NAME];

/** Off loopback the address is https (see lib/env.ts), and cookies travel over TLS only. */
export const isSecureSite = (): boolean => env().NEXTAUTH_URL?.startsWith('https:') ?? false;

const cookie = (value: string, seconds: number) =>
  `${isSecureSite() ? SECURE_NAME : NAME}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${isSecureSite() ? '; Secure' : ''}`;

/** The Set-Cookie that goes on with this person's session in a new epoch, as next-auth itself would begin it. */
export async function renewedSessionCookie(userId: string, epoch: number): Promise<string> {
  const token = { sub: userId, epoch, auth_time: nowSeconds() };
  return cookie(await encode({ token, secret: authSecret(), maxAge: SESSION_SECONDS }), SESSION_SECONDS);
}

export const endedSessionCookie = (): string => cookie('', 0);
