import { describe, expect, it, vi } from 'vitest';
import { checkPassword, hashPassword, isPassword } from './password';

// The first use of the lexicons starts their process, on a busy machine for many seconds.
vi.setConfig({ testTimeout: 120_000 });

describe('checkPassword', () => {
  it.each([
    'short',
    'aaaaaaaaaaaa',
    'azertyuiop',
    'Qwertyuiop',
    'abcdefghijkl',
    'marcel.p-2026!',
    'Password2024!',
    'motdepasse123',
    'liverpool2024',
    'soleil12345',
    '14.07.1789',
    'x9$kQ'.repeat(40),
  ])('refuses %s', async (password) => {
    await expect(checkPassword(password, 'marcel.p@example.org')).rejects.toMatchObject({ code: 'PASSWORD_TOO_WEAK' });
  });

  it.each(['a quiet reading room', 'Vingt-huit chevaux bleus', 'été 1880 – l’œuvre', 'kV9#mPw2!xQz'])(
    'takes « %s »',
    async (password) => {
      await checkPassword(password, 'marcel.p@example.org');
    },
  );

  it('says why', async () => {
    await expect(checkPassword('azertyuiop', 'a@example.org')).rejects.toMatchObject({
      fields: [{ field: 'password', message: expect.stringContaining('keyboard') }],
    });
  });

  it('does not think about what is too long', async () => {
    const long = Array.from({ length: 1000 }, (_, i) => String.fromCharCode(33 + ((i * 7919) % 90))).join('');
    const startedAt = performance.now();
    await expect(checkPassword(long, 'a@example.org')).rejects.toMatchObject({ code: 'PASSWORD_TOO_WEAK' });
    expect(performance.now() - startedAt).toBeLessThan(500);
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

  it('takes as long for an account that is not there as for a wrong password', async () => {
    const hash = await hashPassword('a quiet reading room');
    const timed = async (passwordHash: string | undefined) => {
      const startedAt = performance.now();
      await isPassword('a quiet reading hall', passwordHash);
      return performance.now() - startedAt;
    };
    await timed(undefined);
    // The quickest of some, taken in turns, tell of the work, whatever else the machine does.
    let [absent, wrong] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    for (let i = 0; i < 16; i++) {
      absent = Math.min(absent, await timed(undefined));
      wrong = Math.min(wrong, await timed(hash));
    }
    const ratio = absent / wrong;
    // Without the work it would be a thousandth.
    expect(ratio).toBeGreaterThan(0.5);
    expect(ratio).toBeLessThan(2);
  });
});
