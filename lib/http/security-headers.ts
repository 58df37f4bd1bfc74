/** The request header by which `proxy.ts` tells a page the nonce of its scripts. */
export const NONCE = 'x-nonce';

/** On every answer. */
export const HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** What the API gives is for programs; shown as a page by mistake, it may do nothing. */
export const API_HEADERS = {
  'Content-Security-Policy': [
    "default-src 'none'",
    // next-auth's own page to sign out
    "style-src 'unsafe-inline'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
};

/** A year; only where the site is reached by https, or a browser would ask loopback for it ever after. */
export const STRICT_TRANSPORT = 'max-age=31536000; includeSubDomains';

/** Of a page: only scripts that carry its nonce run, and what they load themselves. */
export function pagePolicy(nonce: string, isDevelopment: boolean): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    // Attributes that React, radix and the virtual list write.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${isDevelopment ? ' ws:' : ''}`,
    "object-src 'none'",
    "base-uri 'none'",
    // Without scripts, the form that signs in with Google would be sent here and redirected there.
    "form-action 'self' https://accounts.google.com",
    "frame-ancestors 'none'",
  ].join('; ');
}
