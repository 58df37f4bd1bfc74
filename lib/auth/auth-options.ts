import type { NextAuthOptions, User } from 'next-auth';
import CredentialsProvider from 'next-auth/providers/credentials';
import { authSecret } from './auth-secret';
import { redeemOwnerLink } from './create-owner-link';
import { findUserByPassword, type UserRow } from './find-user';
import { Credentials } from './schema';

const toSessionUser = (user: UserRow | undefined): User | null =>
  user ? { id: user.id, email: user.email, name: user.name } : null;

export const authOptions = (): NextAuthOptions => ({
  secret: authSecret(),
  session: { strategy: 'jwt', maxAge: 30 * 24 * 60 * 60 },
  pages: { signIn: '/sign-in', error: '/sign-in' },
  providers: [
    CredentialsProvider({
      id: 'password',
      credentials: { email: {}, password: {} },
      authorize: async (input) => {
        const credentials = Credentials.safeParse(input);
        if (!credentials.success) return null;
        return toSessionUser(await findUserByPassword(credentials.data.email, credentials.data.password));
      },
    }),
    CredentialsProvider({
      id: 'owner-link',
      credentials: { token: {} },
      authorize: async (input) => toSessionUser(input?.token ? await redeemOwnerLink(input.token) : undefined),
    }),
  ],
});
