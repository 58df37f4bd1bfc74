import { signIn, signOut } from 'next-auth/react';

export type SignInResult = 'signed-in' | 'refused' | 'unavailable';

async function attempt(provider: 'password' | 'owner-link', fields: Record<string, string>): Promise<SignInResult> {
  const result = await signIn(provider, { ...fields, redirect: false });
  if (result?.ok) return 'signed-in';
  return result?.status === 401 ? 'refused' : 'unavailable';
}

export const signInWithPassword = (email: string, password: string) => attempt('password', { email, password });

/** The link works once; a second use is refused. */
export const signInWithOwnerLink = (token: string) => attempt('owner-link', { token });

export const signOutTo = (path: string) => signOut({ callbackUrl: path });
