import { describe, expect, it } from 'vitest';
import { PEER_ADDRESS } from '@/lib/rate-limit/client-address';
import { requireMetricsAccess } from './require-metrics-access';

const TOKEN = 'a token of sixteen or more';
const answer = (headers: Record<string, string>, token?: string) => {
  try {
    requireMetricsAccess(new Headers(headers), token);
    return 'let in';
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  }
};

describe('with a token', () => {
  it.each<[Record<string, string>, string]>([
    [{ authorization: `Bearer ${TOKEN}` }, 'let in'],
    [{ authorization: `bearer ${TOKEN}` }, 'let in'],
    [{ authorization: `Bearer ${TOKEN}x` }, 'UNAUTHENTICATED'],
    [{ authorization: TOKEN }, 'UNAUTHENTICATED'],
    [{}, 'UNAUTHENTICATED'],
    [{ [PEER_ADDRESS]: '127.0.0.1' }, 'UNAUTHENTICATED'],
  ])('whoever sends %j is answered %s', (headers, expected) => {
    expect(answer(headers, TOKEN)).toBe(expected);
  });
});

describe('without one', () => {
  it.each([
    [['127.0.0.1'], 'let in'],
    [['::1', '::1'], 'let in'],
    [['::ffff:127.0.0.1', '127.0.0.1'], 'let in'],
    [['192.0.2.1', '192.0.2.1'], 'FORBIDDEN'],
    [['192.0.2.1', '127.0.0.1'], 'FORBIDDEN'],
    [['127.0.0.1', '192.0.2.1'], 'FORBIDDEN'],
    [['127.0.0.1', '127.0.0.1, 192.0.2.1'], 'FORBIDDEN'],
    [['', ''], 'FORBIDDEN'],
  ])('a connection from %j is answered %s', ([peer = '', said], expected) => {
    expect(answer({ [PEER_ADDRESS]: peer, ...(said !== undefined && { 'x-forwarded-for': said }) })).toBe(expected);
  });
});
