import { describe, expect, it } from 'vitest';
import { clientAddress, PEER_ADDRESS } from './client-address';

const from = (peer: string, forwarded?: string) =>
  new Headers({ [PEER_ADDRESS]: peer, ...(forwarded !== undefined && { 'x-forwarded-for': forwarded }) });

describe('the address of a client', () => {
  it('is the connection’s other end, whatever the client says', () => {
    expect(clientAddress(from('192.0.2.1', '203.0.113.5'), 0)).toBe('192.0.2.1');
  });

  it('is what the outermost of the trusted proxies says; what stands left of that is the client’s own invention', () => {
    expect(clientAddress(from('10.0.0.1', '1.2.3.4, 203.0.113.5'), 1)).toBe('203.0.113.5');
    expect(clientAddress(from('10.0.0.1', '1.2.3.4, 203.0.113.5, 10.0.0.2'), 2)).toBe('203.0.113.5');
  });

  it('is the connection’s where a proxy says nothing or no address', () => {
    expect(clientAddress(from('10.0.0.1'), 1)).toBe('10.0.0.1');
    expect(clientAddress(from('10.0.0.1', 'unknown'), 1)).toBe('10.0.0.1');
    expect(clientAddress(from('10.0.0.1', '203.0.113.5'), 2)).toBe('10.0.0.1');
  });

  it('is one for a host: an IPv4 address in IPv6 clothes is itself, and an IPv6 network of /64 is one', () => {
    expect(clientAddress(from('::ffff:192.0.2.1'), 0)).toBe('192.0.2.1');
    expect(clientAddress(from('2001:db8:1:2:aaaa::1'), 0)).toBe('2001:db8:1:2::/64');
    expect(clientAddress(from('2001:db8:1:2:bbbb::2'), 0)).toBe('2001:db8:1:2::/64');
    expect(clientAddress(from('2001:db8:1:3::1'), 0)).toBe('2001:db8:1:3::/64');
  });

  it('is unknown without a connection', () => {
    expect(clientAddress(new Headers(), 0)).toBe('unknown');
  });
});
