import { db } from '@/db/client';
import { users } from '@/db/schema';
import { AppError } from '@/lib/errors';
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
  const [user] = await db()
    .insert(users)
    .values({ id: newId(), email, name: name ?? null, passwordHash: await hashPassword(password) })
    .onConflictDoNothing({ target: users.email })
    .returning({ id: users.id, email: users.email });
  if (!user) throw new AppError('EMAIL_TAKEN', 'There is already an account with this e-mail address.');
  return user;
}
