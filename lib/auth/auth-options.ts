import type { NextAuthOptions, User } from 'next-auth';
import CredentialsProvider from 'next-auth/providers/credentials';
import { isAppError } from '@/lib/errors';
import { log } from '@/lib/log';
import { clientAddress } from '@/lib/rate-limit/client-address';
import { nowSeconds } from './access-token';
import { authSecret } from './auth-secret';
import { redeemOwnerLink } from './create-owner-link';
import { findUserByPassword, type UserRow } from './find-user';
import { googleProvider } from './google-provider';
import { Credentials } from './schema';
import { isSecureSite, SESSION_SECONDS } from './session-cookie';
import { GoogleProfile, signInWithGoogle } from './sign-in-with-google';

declare module 'next-auth' {
  interface User {
    sessionEpoch?: number;
  }
}

const toSessionUser = (user: UserRow | undefined): User | null =>
  user ? { id: user.id, email: user.email, name: user.name, sessionEpoch: user.sessionEpoch } : null;

/** An address that is none, a session that is forged or past: anybody can send one, and nothing of ours has failed. */
const OF_THE_SENDER = ['INVALID_CALLBACK_URL_ERROR', 'JWT_SESSION_ERROR'];

export const authOptions = (): NextAuthOptions => ({
  secret: authSecret(),
  session: { strategy: 'jwt', maxAge: SESSION_SECONDS },
  useSecureCookies: isSecureSite(),
  pages: { signIn: '/sign-in', error: '/sign-in' },
  providers: [
    CredentialsProvider({
      id: 'password',
      credentials: { email: {}, password: {} },
      authorize: (input, { headers }) => attempt(() => byPassword(input, new Headers(headers))),
    }),
    CredentialsProvider({
      id: 'owner-link',
      credentials: { token: {} },
      authorize: (input) => attempt(async () => (input?.token ? redeemOwnerLink(input.token) : undefined)),
    }),
    ...googleProvider(),
  ],
  callbacks: {
    async signIn({ user, account, profile }) {
      if (account?.provider !== 'google') return true;
      const signedIn = await signInWithGoogle(GoogleProfile.parse(profile));
      if (typeof signedIn === 'string') return `/sign-in?error=${signedIn}`;
      // From here on next-auth speaks of our user, not of Google's.
      Object.assign(user, toSessionUser(signedIn));
      return true;
    },
    // `user` is there only when somebody has just proved who they are.
    jwt: ({ token, user }) => {
      if (!user) return token;
      return { sub: user.id, epoch: user.sessionEpoch ?? 0, auth_time: nowSeconds() };
    },
    // Pages ask the database who looks at them; what next-auth would tell of a session that has ended is nothing.
    session: ({ session: { expires } }) => ({ expires }),
  },
  logger: {
    error: (code, about) => {
      const err = about instanceof Error ? about : about.error;
      if (OF_THE_SENDER.includes(code)) log.debug({ code, err }, 'sign-in refused');
      else log.error({ code, err }, 'sign-in failed');
    },
    warn: (code) => log.debug({ code }, 'next-auth warns'),
    debug: () => undefined,
  },
});

const byPassword = async (input: unknown, headers: Headers): Promise<UserRow | undefined> => {
  const credentials = Credentials.safeParse(input);
  return credentials.success ? findUserByPassword(credentials.data, clientAddress(headers)) : undefined;
};

/** next-auth puts the message of an error into an address: it gets a code and nothing else. */
async function attempt(find: () => Promise<UserRow | undefined>): Promise<User | null> {
  try {
    return toSessionUser(await find());
  } catch (error) {
    const isRefusal = isAppError(error, 'RATE_LIMITED');
    if (!isRefusal) log.error({ err: error }, 'sign-in failed');
    throw new Error(isRefusal ? 'RATE_LIMITED' : 'UNAVAILABLE', { cause: error });
  }
}
