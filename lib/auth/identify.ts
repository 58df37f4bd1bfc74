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
  return withUser(await sessionUserId(request), 'session');
}

async function sessionUserId(request: Request): Promise<string | undefined> {
  const cookies = readCookies(request.headers.get('cookie') ?? '');
  for (const name of SESSION_COOKIES) {
    const token = readChunked(name, cookies);
    if (!token) continue;
    const session = await decode({ token, secret: authSecret() }).catch(() => null);
    if (session?.sub) return session.sub;
  }
  return undefined;
}

function readCookies(header: string): Map<string, string> {
  const pairs = header.split(';').map((pair): [string, string] => {
    const [name = '', ...value] = pair.split('=');
    return [name.trim(), value.join('=').trim()];
  });
  return new Map(pairs);
}

/** next-auth cuts a long session into name.0, name.1, … */
function readChunked(name: string, cookies: Map<string, string>): string | undefined {
  const whole = cookies.get(name);
  if (whole) return whole;
  let joined = '';
  for (let i = 0; ; i++) {
    const part = cookies.get(`${name}.${i}`);
    if (!part) return joined || undefined;
    joined += part;
  }
}

async function withUser(userId: string | undefined, via: Identity['via']): Promise<Identity | undefined> {
  const user = userId && (await findUser(userId));
  return user ? { user: toMe(user), via } : undefined;
}
