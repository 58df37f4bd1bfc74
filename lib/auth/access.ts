import type { KeyScope, UserRole } from '@/db/schema';
import { AppError } from '@/lib/errors';

/** What a route asks of whoever comes: a scope, or to be the person themselves, whom no key stands for. */
export type Access = KeyScope | 'account';

export interface Bearer {
  user: { role: UserRole };
  via: 'session' | 'token' | 'key';
  /** Of a key; a session and a token are the person themselves. */
  scopes?: KeyScope[];
}

/** Throws FORBIDDEN. A key has the scopes it names, one by one, and the admin role only while its owner has it. */
export function requireAccess({ user, via, scopes = [] }: Bearer, access: Access): void {
  if (via === 'key') {
    if (access === 'account')
      throw new AppError('FORBIDDEN', 'No API key may do this. Sign in, or send an access token.');
    if (!scopes.includes(access)) throw new AppError('FORBIDDEN', `This API key lacks the scope “${access}”.`);
  }
  if (access === 'admin' && user.role !== 'admin') throw new AppError('FORBIDDEN', 'This is for admins.');
}
