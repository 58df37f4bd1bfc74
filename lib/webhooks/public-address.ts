import ipaddr from 'ipaddr.js';

/** All that is given out of IPv6 for the internet at large (RFC 4291). Outside it are, too, addresses of IPv4 in its clothes. */
const GIVEN_OUT = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * What clouds serve to the machines in them under addresses that are given out like any other: the platforms of Azure,
 * of IBM, and Google's interfaces from within its networks. The rest of them is of links, of carriers or unique local.
 */
const OF_CLOUDS = ['168.63.129.16/32', '161.26.0.0/16', '166.8.0.0/14', '199.36.153.4/30', '199.36.153.8/30'].map(
  (network) => ipaddr.IPv4.parseCIDR(network),
);
const OF_CLOUDS_IN_IPV6 = ['2600:2d00:2:1000::/56', '2600:2d00:2:2000::/56'].map((network) =>
  ipaddr.IPv6.parseCIDR(network),
);

/**
 * Whether an address is of the internet at large: not of this machine, a local network or a cloud's own services, nor
 * one of IPv6 that leads to an address of IPv4 (compatible, mapped, translated, tunnelled).
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (parsed.range() !== 'unicast') return false;
  if (parsed instanceof ipaddr.IPv4) return !OF_CLOUDS.some((network) => parsed.match(network));
  return parsed.match(GIVEN_OUT) && !OF_CLOUDS_IN_IPV6.some((network) => parsed.match(network));
}
