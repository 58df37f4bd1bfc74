import { afterAll, describe, expect, it, vi } from 'vitest';
import { seal, unseal } from './seal';

const environment = await vi.hoisted(async () =>
  (await import('@/db/testing/prepare-environment')).prepareEnvironment(),
);
afterAll(environment.remove);

describe('what is sealed', () => {
  it('is read with its key', () => {
    expect(unseal(seal('« Adieu », dit le renard.', 'key'), 'key')).toBe('« Adieu », dit le renard.');
    expect(unseal(seal('', 'key'), 'key')).toBe('');
  });

  it('does not show what it holds, nor that it holds the same twice', () => {
    const [one, other] = [seal('secret text', 'key'), seal('secret text', 'key')];
    expect(one.toString('latin1')).not.toContain('secret');
    expect(one.equals(other)).toBe(false);
  });

  it('is not read with another key, nor changed unseen', () => {
    const sealed = seal('secret text', 'key');
    expect(() => unseal(sealed, 'other')).toThrow();
    for (const at of [0, 15, sealed.length - 1]) {
      const changed = Buffer.from(sealed);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      expect(() => unseal(changed, 'key')).toThrow();
    }
  });
});
