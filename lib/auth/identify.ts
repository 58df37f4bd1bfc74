import { cookies } from 'next/headers';
import { decode } from 'next-auth/jwt';
import { verifyAccessToken } from './access-token';
import { authSecret } from './auth-secret';
import { findUser, toMe } from './find-user';
import type { Me } from './schema';

export interface Identity {
  user: Me;
  via: 'session' | 'token';
}

const SESSION_COOKIES = ['__Secure-next-auth.session-token', 'next-auth.session-token'];

/** Who asks: by access token if one is sent, else by the session cookie. A user who is gone is nobody. */
export async function identify(request: Request): Promise<Identity | undefined> {
  const bearer = /^Bearer (\S+)$/.exec(request.headers.get('authorization') ?? '')?.[1];
  if (bearer) return withUser(await verifyAccessToken(bearer), 'token');
  return withUser(await sessionUserId(), 'session');
}

async function sessionUserId(): Promise<string | undefined> {
  const jar = await cookies();
  for (const name of SESSION_COOKIES) {
    const token = readChunked(name, (cookie) => jar.get(cookie)?.value);
    if (!token) continue;
    const session = await decode({ token, secret: authSecret() }).catch(() => null);
    if (session?.sub) return session.sub;
  }
  return undefined;
}

/** next-auth cuts a long session into name.0, name.1, … */
function readChunked(name: string, get: (name: string) => string | undefined): string | undefined {
  const whole = get(name);
  if (whole) return whole;
  let joined = '';
  for (let i = 0; ; i++) {
    const part = get(`${name}.${i}`);
    if (!part) return joined || undefined;
    joined += part;
  }
}

async function withUser(userId: string | undefined, via: Identity['via']): Promise<Identity | undefined> {
  const user = userId && (await findUser(userId));
  return user ? { user: toMe(user), via } : undefined;
}
