import { errors, jwtVerify, SignJWT } from 'jose';
import { authSecret } from './auth-secret';

export const ACCESS_TOKEN_SECONDS = 3600;
const AUDIENCE = 'french-novel-tool/api';

const key = () => new TextEncoder().encode(`access-token:${authSecret()}`);

export const signAccessToken = (userId: string): Promise<string> =>
  new SignJWT()
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(userId)
    .setAudience(AUDIENCE)
    .setIssuedAt()
    .setExpirationTime(`${ACCESS_TOKEN_SECONDS} s`)
    .sign(key());

/** The user's id, or undefined when the token is not ours, changed or old. */
export async function verifyAccessToken(token: string): Promise<string | undefined> {
  try {
    const { payload } = await jwtVerify(token, key(), { audience: AUDIENCE, algorithms: ['HS256'] });
    return payload.sub;
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined;
    throw error;
  }
}
