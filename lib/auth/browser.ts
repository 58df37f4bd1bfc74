import { signIn, signOut } from 'next-auth/react';

export type SignInResult = 'signed-in' | 'refused' | 'unavailable';

async function attempt(
  provider: 'password' | 'owner-link',
  fields: Record<string, string>,
): Promise<SignInResult | 'throttled'> {
  const result = await signIn(provider, { ...fields, redirect: false });
  if (result?.ok) return 'signed-in';
  if (result?.error === 'RATE_LIMITED') return 'throttled';
  if (result?.error === 'UNAVAILABLE') return 'unavailable';
  return result?.status === 401 ? 'refused' : 'unavailable';
}

export const signInWithPassword = (email: string, password: string) => attempt('password', { email, password });

/** The link works once; a second use is refused. */
export async function signInWithOwnerLink(token: string): Promise<SignInResult> {
  const result = await attempt('owner-link', { token });
  return result === 'throttled' ? 'unavailable' : result;
}

/** Leaves for Google and comes back to `path`. */
export const signInWithGoogle = (path: string) => signIn('google', { callbackUrl: path });

export const signOutTo = (path: string) => signOut({ callbackUrl: path });
