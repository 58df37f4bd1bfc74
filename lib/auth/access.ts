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

/** Why not, if so. A key has the scopes it names, one by one, and the admin role only while its owner has it. */
function refusalOf({ user, via, scopes = [] }: Bearer, access: Access): string | undefined {
  if (via === 'key') {
    if (access === 'account') return 'No API key may do this. Sign in, or send an access token.';
    if (!scopes.includes(access)) return `This API key lacks the scope “${access}”.`;
  }
  if (access === 'admin' && user.role !== 'admin') return 'This is for admins.';
  return undefined;
}

export const hasAccess = (bearer: Bearer, access: Access): boolean => refusalOf(bearer, access) === undefined;

/** Throws FORBIDDEN. */
export function requireAccess(bearer: Bearer, access: Access): void {
  const refusal = refusalOf(bearer, access);
  if (refusal !== undefined) throw new AppError('FORBIDDEN', refusal);
}
