import { redirect } from 'next/navigation';
import { currentUser } from '@/lib/auth/current-user';
import type { Me } from '@/lib/auth/schema';

/** Who is not signed in goes to sign in and comes back to `path`. */
export async function requireUser(path: string): Promise<Me> {
  return (await currentUser()) ?? redirect(`/sign-in?next=${encodeURIComponent(path)}`);
}
