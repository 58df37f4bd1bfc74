import { hash, verify } from '@node-rs/argon2';
import { AppError } from '@/lib/errors';

const MIN_LENGTH = 10;
/** Rows that fingers find by themselves. */
const ROWS = [
  '01234567890123456789',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnm',
  'azertyuiopqsdfghjklmwxcvbn',
];

/** Length and variety; what a person types as « aaaaaaaaaa » or as their own address is refused. Throws PASSWORD_TOO_WEAK. */
export function checkPassword(password: string, email: string): void {
  const weak = (message: string) =>
    new AppError('PASSWORD_TOO_WEAK', message, { fields: [{ field: 'password', message }] });
  if ([...password].length < MIN_LENGTH) throw weak(`At least ${MIN_LENGTH} characters are needed.`);
  if (new Set(password.toLowerCase()).size < 5) throw weak('Use at least five different characters.');
  if (/^\d+$/.test(password)) throw weak('Figures alone are too easy to guess.');
  const lower = password.toLowerCase();
  if (ROWS.some((row) => row.includes(lower)))
    throw weak('A row of the keyboard or of the alphabet is too easy to guess.');
  const [localPart = ''] = email.split('@');
  const isOwnName = localPart.length > 3 && lower.includes(localPart);
  if (isOwnName) throw weak('The password holds your e-mail address.');
}

/** argon2id with the library's defaults (19 MiB, 2 passes, 1 lane: OWASP's first choice), in PHC form. */
export const hashPassword = (password: string): Promise<string> => hash(password);

let decoy: Promise<string> | undefined;

/** Takes as long for an account without a password as for a wrong one, so that time tells nothing. */
export async function isPassword(password: string, passwordHash: string | null | undefined): Promise<boolean> {
  decoy ??= hash('no account has this password');
  const isRight = await verify(passwordHash ?? (await decoy), password);
  return isRight && typeof passwordHash === 'string';
}
