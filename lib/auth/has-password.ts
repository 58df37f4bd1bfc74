import { findUser } from './find-user';

/** Who signs in by Google alone, or as the owner of the machine, has none. */
export async function hasPassword(userId: string): Promise<boolean> {
  const user = await findUser(userId);
  return typeof user?.passwordHash === 'string';
}
