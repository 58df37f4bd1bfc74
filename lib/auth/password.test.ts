import { describe, expect, it } from 'vitest';
import { checkPassword, hashPassword, isPassword } from './password';

describe('checkPassword', () => {
  it.each(['short', 'aaaaaaaaaaaa', '19031882274', 'azertyuiop', 'Qwertyuiop', 'abcdefghijkl', 'marcel.p-2026!'])(
    'refuses %s',
    (password) => {
      expect(() => checkPassword(password, 'marcel.p@example.org')).toThrow(
        expect.objectContaining({ code: 'PASSWORD_TOO_WEAK' }),
      );
    },
  );

  it.each(['a quiet reading room', 'Vingt-huit km', 'été 1880 – l’œuvre'])('takes « %s »', (password) => {
    expect(() => checkPassword(password, 'marcel.p@example.org')).not.toThrow();
  });
});

describe('isPassword', () => {
  it('knows the right one from a wrong one and from none', async () => {
    const hash = await hashPassword('a quiet reading room');
    expect(hash).toMatch(/^\$argon2id\$/);
    const tried = [
      isPassword('a quiet reading room', hash),
      isPassword('a quiet reading hall', hash),
      isPassword('a quiet reading room', null),
    ];
    expect(await Promise.all(tried)).toEqual([true, false, false]);
  });
});
