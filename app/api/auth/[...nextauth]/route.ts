import NextAuth from 'next-auth';
import { authOptions } from '@/lib/auth/auth-options';
import { withShortBody } from '@/lib/http/with-short-body';

type Context = { params: Promise<{ nextauth: string[] }> };

const MAX_BYTES = 64 * 1024;

const handler = withShortBody<Context>(MAX_BYTES, (request, context) => NextAuth(authOptions())(request, context));

export { handler as GET, handler as POST };
