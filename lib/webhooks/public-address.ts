import ipaddr from 'ipaddr.js';

/**
 * Whether an address is of the internet at large: not of this machine, a local network or a cloud's own services, nor
 * one of IPv6 that leads to an address of IPv4 (mapped, translated, tunnelled).
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  return ipaddr.process(address).range() === 'unicast';
}
