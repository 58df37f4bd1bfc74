import ipaddr from 'ipaddr.js';

/** All that is given out of IPv6 for the internet at large (RFC 4291). Outside it are, too, addresses of IPv4 in its clothes. */
const GIVEN_OUT = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Whether an address is of the internet at large: not of this machine, a local network or a cloud's own services, nor
 * one of IPv6 that leads to an address of IPv4 (compatible, mapped, translated, tunnelled).
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (parsed instanceof ipaddr.IPv6 && !parsed.match(GIVEN_OUT)) return false;
  return parsed.range() === 'unicast';
}
