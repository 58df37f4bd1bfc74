import type { NextConfig } from 'next';
import createNextIntlPlugin from 'next-intl/plugin';

const HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=()',
  'Cross-Origin-Opener-Policy': 'same-origin',
  // Next inlines the data of its pages as scripts; without nonces these need 'unsafe-inline'.
  'Content-Security-Policy': [
    "default-src 'self'",
    `script-src 'self' 'unsafe-inline'${process.env.NODE_ENV === 'development' ? " 'unsafe-eval'" : ''}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    // Signing in with Google sends a form here and is redirected there.
    "form-action 'self' https://accounts.google.com",
    "frame-ancestors 'none'",
  ].join('; '),
};

const config: NextConfig = {
  poweredByHeader: false,
  // `npm run verify` runs tsc; the build does not repeat it.
  typescript: { ignoreBuildErrors: true },
  // Native, WebAssembly, or finding their own files at run time: not to be bundled.
  serverExternalPackages: [
    '@node-rs/argon2',
    '@hyzyla/pdfium',
    'pino',
    'postgres',
    'unpdf',
    'dictionary-fr',
    'inngest',
    'undici',
  ],
  headers: () =>
    Promise.resolve([{ source: '/:path*', headers: Object.entries(HEADERS).map(([key, value]) => ({ key, value })) }]),
};

export default createNextIntlPlugin('./i18n/request.ts')(config);
