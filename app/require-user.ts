import { redirect } from 'next/navigation';
import { currentUser } from '@/lib/auth/current-user';

/** Who is not signed in goes to sign in and comes back to `path`. */
export async function requireUser(path: string): Promise<void> {
  if ((await currentUser()) === undefined) redirect(`/sign-in?next=${encodeURIComponent(path)}`);
}
