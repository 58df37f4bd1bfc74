import { createHash, timingSafeEqual } from 'node:crypto';
import ipaddr from 'ipaddr.js';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { PEER_ADDRESS } from '@/lib/rate-limit/client-address';

/** With METRICS_TOKEN whoever shows it; without, whoever asks from this machine. Throws UNAUTHENTICATED or FORBIDDEN. */
export function requireMetricsAccess(headers: Headers, token = env().METRICS_TOKEN): void {
  if (token === undefined) {
    if (isFromHere(headers)) return;
    throw new AppError('FORBIDDEN', 'Without METRICS_TOKEN the metrics are for this machine only.');
  }
  const shown = /^Bearer (.+)$/i.exec(headers.get('authorization') ?? '')?.[1] ?? '';
  if (!timingSafeEqual(digest(shown), digest(token))) {
    throw new AppError('UNAUTHENTICATED', 'Send METRICS_TOKEN as a bearer token.');
  }
}

const digest = (text: string) => createHash('sha256').update(text).digest();

/** A proxy on this machine asks from loopback, too, but says for whom. Next writes the other end there itself. */
function isFromHere(headers: Headers): boolean {
  const said = headers.get('x-forwarded-for')?.split(',') ?? [];
  const addresses = [headers.get(PEER_ADDRESS) ?? '', ...said].map((address) => address.trim());
  return addresses.every((address) => ipaddr.isValid(address) && ipaddr.process(address).range() === 'loopback');
}
