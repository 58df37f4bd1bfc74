import type { NextConfig } from 'next';
import createNextIntlPlugin from 'next-intl/plugin';
import { API_HEADERS, HEADERS } from './lib/http/security-headers';

const toList = (headers: Record<string, string>) => Object.entries(headers).map(([key, value]) => ({ key, value }));

const config: NextConfig = {
  poweredByHeader: false,
  // `npm run verify` runs tsc; the build does not repeat it.
  typescript: { ignoreBuildErrors: true },
  // Native, WebAssembly, or finding their own files at run time: not to be bundled. And large ones that nearly every route
  // uses: each route has a bundle of its own, in memory too.
  serverExternalPackages: [
    '@aws-sdk/client-s3',
    '@node-rs/argon2',
    '@hyzyla/pdfium',
    'pino',
    'postgres',
    'dictionary-fr',
    'inngest',
    'undici',
    '@upstash/ratelimit',
    '@upstash/redis',
    'drizzle-orm',
    'rate-limiter-flexible',
    'zod',
  ],
  headers: () =>
    Promise.resolve([
      { source: '/:path*', headers: toList(HEADERS) },
      { source: '/api/:path*', headers: toList(API_HEADERS) },
    ]),
};

export default createNextIntlPlugin('./i18n/request.ts')(config);
