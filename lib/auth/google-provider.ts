import type { OAuthConfig } from 'next-auth/providers/oauth';
import { env } from '@/lib/env';
import type { GoogleProfile } from './sign-in-with-google';

export const hasGoogle = (): boolean => env().GOOGLE_CLIENT_ID !== undefined;

/** OpenID Connect as Google speaks it: code flow with PKCE, state and nonce. None when it is not configured. */
export function googleProvider(): OAuthConfig<GoogleProfile>[] {
  const { GOOGLE_CLIENT_ID: clientId, GOOGLE_CLIENT_SECRET: clientSecret, GOOGLE_ISSUER: issuer } = env();
  if (clientId === undefined || clientSecret === undefined) return [];
  return [
    {
      id: 'google',
      name: 'Google',
      type: 'oauth',
      clientId,
      clientSecret,
      issuer,
      wellKnown: new URL('/.well-known/openid-configuration', issuer).href,
      authorization: { params: { scope: 'openid email profile', prompt: 'select_account' } },
      idToken: true,
      checks: ['pkce', 'state', 'nonce'],
      profile: ({ sub, email, name }) => ({ id: sub, email: email ?? null, name: name ?? null }),
    },
  ];
}
