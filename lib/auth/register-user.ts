import { db } from '@/db/client';
import { users } from '@/db/schema';
import { grantWhatWasLeft } from '@/lib/credits/departures';
import { AppError } from '@/lib/errors';
import { nameUser } from '@/lib/idempotency/under-key';
import { newId } from '@/lib/ids';
import { checkPassword, hashPassword } from './password';

export interface NewUser {
  email: string;
  password: string;
  name?: string | undefined;
}

/** Throws PASSWORD_TOO_WEAK or EMAIL_TAKEN. */
export async function registerUser({ email, password, name }: NewUser): Promise<{ id: string; email: string }> {
  await checkPassword(password, email);
  const passwordHash = await hashPassword(password);
  const user = await db().transaction(async (tx) => {
    const [made] = await tx
      .insert(users)
      .values({ id: newId(), email, name: name ?? null, passwordHash })
      .onConflictDoNothing({ target: users.email })
      .returning({ id: users.id, email: users.email });
    if (made) await grantWhatWasLeft(tx, made);
    return made;
  });
  if (!user) throw new AppError('EMAIL_TAKEN', 'There is already an account with this e-mail address.');
  nameUser(user.id);
  return user;
}
