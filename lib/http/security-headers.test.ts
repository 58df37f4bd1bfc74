import { describe, expect, it } from 'vitest';
import { pagePolicy } from './security-headers';

describe('the policy of a page', () => {
  const scripts = /script-src ([^;]+)/.exec(pagePolicy('abc', false))?.[1];

  it('lets scripts run by their nonce only', () => {
    expect(scripts).toBe("'self' 'nonce-abc' 'strict-dynamic'");
  });

  it('lets nobody frame it, move its base or embed a plug-in', () => {
    for (const rule of ["frame-ancestors 'none'", "base-uri 'none'", "object-src 'none'"]) {
      expect(pagePolicy('abc', false).split('; ')).toContain(rule);
    }
  });
});
