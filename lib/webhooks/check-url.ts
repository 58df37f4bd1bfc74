import { isPublicAddress } from './public-address';

/**
 * What is wrong with an address to send messages to, if anything. A name is not looked up here but when something is
 * sent. The parser has turned every way to write a number (octal, decimal, hexadecimal) into the usual one.
 */
export function faultOf(address: string, allowsPrivate: boolean): string | undefined {
  const url = URL.parse(address);
  if (!url) return 'not an address';
  if (url.protocol !== 'https:' && !(allowsPrivate && url.protocol === 'http:')) return 'must begin with https://';
  if (url.username !== '' || url.password !== '') return 'must not name a user or a password';
  if (!allowsPrivate && isPrivateHost(url.hostname)) return 'not an address of the public internet';
  return undefined;
}

function isPrivateHost(hostname: string): boolean {
  const bare = hostname.replace(/^\[|\]$/g, '');
  const isNumber = bare !== hostname || /^[\d.]+$/.test(bare);
  return isNumber ? !isPublicAddress(bare) : /(?:^|\.)localhost\.?$/.test(bare);
}
