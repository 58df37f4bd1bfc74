import ipaddr from 'ipaddr.js';
import { env } from '@/lib/env';

/** Set by `instrumentation.ts` from the connection itself, whatever the client says. */
export const PEER_ADDRESS = 'x-peer-address';

/**
 * Where a request comes from: the connection's other end, or, behind TRUSTED_PROXIES proxies, what the outermost of them
 * says. What a client writes into X-Forwarded-For itself stands to the left of that and is not looked at. An IPv6 host
 * has a whole /64 to itself and counts as one.
 */
export function clientAddress(headers: Headers, trustedProxies = env().TRUSTED_PROXIES): string {
  const peer = headers.get(PEER_ADDRESS) ?? '';
  const forwarded = (headers.get('x-forwarded-for') ?? '').split(',').map((part) => part.trim());
  const said = trustedProxies > 0 ? (forwarded.at(-trustedProxies) ?? peer) : peer;
  return toSubject(ipaddr.isValid(said) ? said : peer);
}

function toSubject(address: string): string {
  if (!ipaddr.isValid(address)) return 'unknown';
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return parsed.toString();
  const prefix = parsed.toByteArray().slice(0, 8);
  return `${ipaddr.fromByteArray([...prefix, 0, 0, 0, 0, 0, 0, 0, 0]).toString()}/64`;
}
