import { decode } from 'next-auth/jwt';
import type { Bearer } from './access';
import { type Claims, nowSeconds, parseClaims, verifyAccessToken } from './access-token';
import { isApiKey } from './api-key';
import { authSecret } from './auth-secret';
import { findKeyOwner } from './find-key-owner';
import { findUser, findUserInFamily, toMe } from './find-user';
import type { Me } from './schema';
import { SESSION_COOKIES } from './session-cookie';

export interface Identity extends Bearer {
  user: Me;
  /** Whether the person proved who they are a moment ago, and not only some time. */
  isFresh: boolean;
}

const FRESH_SECONDS = 600;

/** Who asks: by access token or key if one is sent, else by the session cookie. A user who is gone is nobody. */
export async function identify(request: Request): Promise<Identity | undefined> {
  const bearer = /^Bearer +(\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  if (bearer === undefined) return withUser(await sessionClaims(request), 'session');
  if (isApiKey(bearer)) return withKey(bearer);
  return withUser(await verifyAccessToken(bearer), 'token');
}

async function sessionClaims(request: Request): Promise<Claims | undefined> {
  const cookies = readCookies(request.headers.get('cookie') ?? '');
  for (const name of SESSION_COOKIES) {
    const token = readChunked(name, cookies);
    if (!token) continue;
    const claims = parseClaims(await decode({ token, secret: authSecret() }).catch(() => null));
    if (claims) return claims;
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

async function withUser(claims: Claims | undefined, via: 'session' | 'token'): Promise<Identity | undefined> {
  if (!claims) return undefined;
  const user = await (claims.family === undefined ? findUser(claims.sub) : findUserInFamily(claims.sub, claims.family));
  if (user?.sessionEpoch !== claims.epoch) return undefined;
  return { user: toMe(user), via, isFresh: nowSeconds() - (claims.auth_time ?? 0) < FRESH_SECONDS };
}

async function withKey(key: string): Promise<Identity | undefined> {
  const found = await findKeyOwner(key);
  return found && { user: toMe(found.user), via: 'key', scopes: found.scopes, isFresh: false };
}
