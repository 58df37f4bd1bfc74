import { hash, verify } from '@node-rs/argon2';
import { AppError } from '@/lib/errors';
import { inTurn } from './hash-queue';
import { findWeakness } from './password-strength';

const MIN_LENGTH = 10;
const MAX_LENGTH = 200;

/**
 * Long enough, not the person's own address, and not what lists of leaked passwords, words, names, dates and rows of keys
 * lead to. The cheap rules come first. Throws PASSWORD_TOO_WEAK with the reason.
 */
export async function checkPassword(password: string, email: string): Promise<void> {
  if ([...password].length < MIN_LENGTH) throw weak(`At least ${MIN_LENGTH} characters are needed.`);
  if (password.length > MAX_LENGTH) throw weak(`At most ${MAX_LENGTH} characters are taken.`);
  const [localPart = ''] = email.split('@');
  const isOwnName = localPart.length > 3 && password.toLowerCase().includes(localPart);
  if (isOwnName) throw weak('The password holds your e-mail address.');
  const weakness = await findWeakness(password, [email, ...email.split(/[@.+_-]/)]);
  if (weakness !== undefined) throw weak(weakness);
}

const weak = (message: string) =>
  new AppError('PASSWORD_TOO_WEAK', message, { fields: [{ field: 'password', message }] });

/** argon2id with the library's defaults (19 MiB, 2 passes, 1 lane: OWASP's first choice), in PHC form. */
export const hashPassword = (password: string): Promise<string> => inTurn(() => hash(password));

let decoy: Promise<string> | undefined;

/** Takes as long for an account without a password as for a wrong one, so that time tells nothing. */
export async function isPassword(password: string, passwordHash: string | null | undefined): Promise<boolean> {
  decoy ??= hashPassword('no account has this password');
  const instead = await decoy;
  const isRight = await inTurn(() => verify(passwordHash ?? instead, password));
  return isRight && typeof passwordHash === 'string';
}
