import { eq } from 'drizzle-orm';
import { db } from '@/db/client';
import { users } from '@/db/schema';
import { isPassword } from './password';
import type { Me } from './schema';

export type UserRow = typeof users.$inferSelect;

export async function findUser(id: string): Promise<UserRow | undefined> {
  const [user] = await db().select().from(users).where(eq(users.id, id));
  return user;
}

export async function findUserByPassword(email: string, password: string): Promise<UserRow | undefined> {
  const [user] = await db().select().from(users).where(eq(users.email, email));
  return (await isPassword(password, user?.passwordHash)) ? user : undefined;
}

export const toMe = ({ id, email, name, role }: UserRow): Me => ({ id, email, name, role });
