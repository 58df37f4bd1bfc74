import { createSecretKey, type KeyObject } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { authSecret } from './auth-secret';

export const ACCESS_TOKEN_SECONDS = 3600;
const AUDIENCE = 'french-novel-tool/api';

let secretKey: KeyObject | undefined;

function key(): KeyObject {
  secretKey ??= createSecretKey(`access-token:${authSecret()}`, 'utf8');
  return secretKey;
}

/** Who a session or a token is of. It has ended when the user's epoch is another. */
const Claims = z.object({
  sub: z.string(),
  epoch: z.int().default(0),
  /** When the person proved who they are, in seconds; absent in what was only renewed. */
  auth_time: z.number().optional(),
  /** Of a token that came with a refresh token: it ends with their family. */
  family: z.string().optional(),
});
export type Claims = z.infer<typeof Claims>;

export const parseClaims = (payload: unknown): Claims | undefined => Claims.safeParse(payload).data;

export const nowSeconds = (): number => Math.floor(Date.now() / 1000);

export const signAccessToken = (userId: string, epoch = 0, authTime?: number, family?: string): Promise<string> =>
  new SignJWT({
    epoch,
    ...(authTime !== undefined && { auth_time: authTime }),
    ...(family !== undefined && { family }),
  })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(userId)
    .setAudience(AUDIENCE)
    .setIssuedAt()
    .setExpirationTime(`${ACCESS_TOKEN_SECONDS} s`)
    .sign(key());

const MAX_VERIFIED = 1_000;

/** Tokens whose signature was right, which it remains. */
const verified = new Map<string, { claims: Claims | undefined; expires: number }>();

/** Undefined when the token is not ours, changed or old. */
export async function verifyAccessToken(token: string): Promise<Claims | undefined> {
  const known = verified.get(token) ?? (await verify(token));
  return known && known.expires > nowSeconds() ? known.claims : undefined;
}

async function verify(token: string) {
  try {
    const options = { audience: AUDIENCE, algorithms: ['HS256'], requiredClaims: ['exp'] };
    const { payload } = await jwtVerify(token, key(), options);
    const found = { claims: parseClaims(payload), expires: payload.exp ?? 0 };
    if (verified.size >= MAX_VERIFIED) verified.clear();
    verified.set(token, found);
    return found;
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined;
    throw error;
  }
}
